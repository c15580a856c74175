// Runs wherever a film is opened: runs ffmpeg or ffprobe to its end and gives all that it wrote, up to a limit.
import { Failure } from '../../../contract/index.ts';
import { run, type RunLimits } from './run.ts';

/** @throws Failure MEDIA_*; AbortError when cancelled */
export async function collect(
  program: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  maxBytes: number,
  limits: RunLimits,
  signal?: AbortSignal,
): Promise<Buffer> {
  const running = await run(program, args, limits, signal);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let tooMuch = false;
  for await (const chunk of running.pipes[0] ?? []) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) {
      tooMuch = true;
      running.stop();
      break;
    }
    chunks.push(chunk as Buffer);
  }
  await running.ended;
  if (tooMuch)
    throw new Failure(
      'MEDIA_TOO_LARGE',
      `What the file says of itself is longer than ${String(Math.round(maxBytes / 2 ** 20))} MiB.`,
      'Remove its tags or convert it to have it found.',
    );
  return Buffer.concat(chunks);
}
