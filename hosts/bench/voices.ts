// Runs in the command line: how many times faster than it lasts sound is searched for voices.
import { join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import type { Log } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { builtInFolder } from '../library-folder.ts';

const RATE = 16_000;
/** Handed over at once, as decoding does. */
const PIECE = 8_192;

export interface VoicesRow {
  readonly seconds: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly timesRealTime: number;
  /** The plain form: how loud each window is, which tells speech from silence but not from a dog. */
  readonly loudnessMs: number;
}

/** Silence, hiss and hummed syllables: what it says does not change how long it takes. */
function sound(seconds: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: seconds * RATE }, (_, at) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    const hiss = (seed >> 20) / 8;
    const second = Math.floor(at / RATE) % 6;
    if (second < 2) return hiss / 40;
    const pitch = Math.sin((2 * Math.PI * 140 * at) / RATE) + Math.sin((2 * Math.PI * 700 * at) / RATE) / 2;
    return pitch * 6_000 * Math.abs(Math.sin((2 * Math.PI * 4 * at) / RATE)) + hiss;
  });
}

export interface VoicesOptions {
  /** Length of the sound, seconds. */
  readonly seconds: number;
  readonly work: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export async function benchVoices({ seconds, work, log, signal }: VoicesOptions): Promise<VoicesRow> {
  const samples = sound(seconds);
  const packs = createPacks({ packsFolder: join(work, 'packs'), builtInFolder: builtInFolder(), log });
  const voices = await packs.speech.openVoices();
  try {
    await voices.stream().judge(samples.slice(0, PIECE), signal);
    const stream = voices.stream();
    const [startMs, before] = [performance.now(), process.cpuUsage()];
    let windows = 0;
    for (let at = 0; at < samples.length; at += PIECE)
      windows += (await stream.judge(samples.slice(at, at + PIECE), signal)).length;
    const wallMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(before);
    if (windows < Math.floor(samples.length / voices.windowSamples) - 1)
      throw new Failure('INTERNAL', 'Some of the sound was not judged.', '');
    return {
      ...{ seconds, wallMs, cpuMs: (user + system) / 1000 },
      timesRealTime: (seconds * 1000) / wallMs,
      loudnessMs: loudness(samples, voices.windowSamples),
    };
  } finally {
    await voices.close();
  }
}

function loudness(samples: Int16Array, window: number): number {
  const startMs = performance.now();
  let loudest = 0;
  for (let at = 0; at + window <= samples.length; at += window) {
    let sum = 0;
    for (let i = at; i < at + window; i++) sum += (samples[i] ?? 0) ** 2;
    loudest = Math.max(loudest, Math.sqrt(sum / window));
  }
  if (loudest === 0) throw new Failure('INTERNAL', 'The sound is silent.', '');
  return performance.now() - startMs;
}
