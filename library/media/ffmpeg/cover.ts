// Runs wherever a sound is opened: the bytes of the cover art inside its file, as they lie there.
import { collect } from './collect.ts';
import { ffmpegArguments } from './command.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const TOTAL_MS = 30_000;

/** @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled */
export function extractCover(path: string, index: number, signal?: AbortSignal): Promise<Buffer> {
  const options = ['-map', `0:${String(index)}`, '-frames:v', '1', '-c:v', 'copy', '-f', 'image2pipe'];
  const args = ffmpegArguments(path, { outputs: [{ to: 'pipe:1', options }] });
  return collect('ffmpeg', args, MAX_BYTES, { totalMs: TOTAL_MS }, signal);
}
