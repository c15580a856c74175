// Runs on the engine's thread: the waveform of an item, from its cache or by one decode of its sound.
import { existsSync, readFileSync } from 'node:fs';
import { decodeAudio } from '../media/ffmpeg/audio.ts';
import { writeAtomically } from '../media/atomic-write.ts';
import { PeakMeter } from './peak-meter.ts';

/**
 * @param keptAt - where the peaks of this content are kept, a byte each
 * @param source - its file, asked for only when nothing is kept
 * @throws Failure FILE_NOT_FOUND, MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function waveform(
  keptAt: string,
  source: () => Promise<string>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (existsSync(keptAt)) return readFileSync(keptAt);
  const meter = new PeakMeter();
  for await (const samples of decodeAudio(await source(), {}, signal)) meter.add(samples);
  const peaks = meter.peaks();
  writeAtomically(keptAt, peaks);
  return peaks;
}
