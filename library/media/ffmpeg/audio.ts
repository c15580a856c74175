// Runs wherever sound is heard: a track as 16 kHz mono samples, a stream that never holds more than a moment.
import { ffmpegArguments } from './command.ts';
import { run } from './run.ts';

/** Samples per second of {@link decodeAudio}: what Whisper and Silero take. */
export const SAMPLE_RATE = 16_000;

export interface AudioWants {
  /** Index of the track in the file ({@link Probe.audio}); the first by default. */
  readonly track?: number;
  /** From here; the file's beginning by default. */
  readonly fromMs?: number;
  /** Until here; the end by default. */
  readonly untilMs?: number;
}

/**
 * Decodes one track of sound to 16 kHz mono. Gives signed 16-bit samples as they come, a few thousand at a
 * time; what is not read is not decoded. Leaving the loop ends the child process.
 *
 * @param path - absolute path of a regular file
 * @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function* decodeAudio(
  path: string,
  wants: AudioWants = {},
  signal?: AbortSignal,
): AsyncGenerator<Int16Array, void, undefined> {
  const fromMs = wants.fromMs ?? 0;
  const args = ffmpegArguments(path, {
    input: ['-vn', '-sn', '-dn', ...(fromMs > 0 ? ['-ss', seconds(fromMs)] : [])],
    outputs: [
      {
        to: 'pipe:1',
        options: [
          ...['-map', wants.track === undefined ? '0:a:0' : `0:${String(wants.track)}`],
          ...(wants.untilMs === undefined ? [] : ['-t', seconds(Math.max(0, wants.untilMs - fromMs))]),
          // Gaps in the track's times become silence, so that a sample's number is its time.
          ...['-af', 'aresample=async=1:first_pts=0'],
          ...['-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le'],
        ],
      },
    ],
  });
  const running = await run('ffmpeg', args, {}, signal);
  let odd: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of running.pipes[0] ?? []) {
      const bytes = odd.length === 0 ? (chunk as Buffer) : Buffer.concat([odd, chunk as Buffer]);
      const whole = bytes.length - (bytes.length % 2);
      odd = bytes.subarray(whole);
      // A copy: chunks of a pipe need not lie at an even address.
      yield new Int16Array(new Uint8Array(bytes.subarray(0, whole)).buffer);
    }
    await running.ended;
  } finally {
    running.stop();
  }
}

/** Milliseconds as ffmpeg's seconds. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(3);
