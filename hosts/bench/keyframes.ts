// Runs in the command line: how well shots are told apart, and how near watching comes to decoding and encoding alone.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import { type Film, findKeyframes, planOf } from '../../library/indexing/find-keyframes.ts';
import { decodeFrames } from '../../library/media/ffmpeg/frames.ts';
import { probe } from '../../library/media/ffmpeg/probe.ts';
import { openFilm } from '../../library/media/film/open-film.ts';
import type { FilmPlan } from '../../library/media/film/plan.ts';
import { BUILT_IN, type Encoder, type EncoderInput, type Log } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { builtInFolder } from '../library-folder.ts';
import { encodeAlone } from './alone.ts';
import { writeCutFilm, writeLongFilm } from './films.ts';

/** A boundary found so near to a true one is that one. */
const NEAR_MS = 600;

export interface KeyframesOptions {
  /** Length of the film for speed, seconds. */
  readonly seconds: number;
  readonly work: string;
  readonly note: (sentence: string) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface CutsRow {
  readonly measure: 'cuts';
  readonly cuts: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  /** Shots of three seconds and more; those with a keyframe inside; those with more than one. */
  readonly shots: number;
  readonly shown: number;
  readonly twice: number;
}

export interface SpeedRow {
  readonly measure: 'speed';
  readonly film: string;
  /** Which pictures were decoded, see FrameWants. */
  readonly decode: string;
  readonly seconds: number;
  readonly keyframes: number;
  readonly decodeAloneMs: number;
  readonly encodeAloneMs: number;
  readonly wallMs: number;
  /** (decode alone + encode alone) / wall; above 1: both ran at once. */
  readonly share: number;
  readonly timesRealTime: number;
}

export async function benchKeyframes(options: KeyframesOptions): Promise<(CutsRow | SpeedRow)[]> {
  const { work, note, log, signal, seconds } = options;
  const packs = createPacks({ packsFolder: join(work, 'packs'), builtInFolder: builtInFolder(), log });
  const encoder = await packs.open(BUILT_IN, { threads: availableParallelism() });
  try {
    note('Writing a film with known cuts …');
    const rows: (CutsRow | SpeedRow)[] = [await measureCuts(join(work, 'cuts.mp4'), encoder, signal)];
    for (const [name, keyEvery] of [
      ['1080p H.264, key picture every second', 25],
      ['1080p H.264, key picture every ten seconds', 250],
    ] as const) {
      note(`Writing ${String(seconds)} s of ${name} …`);
      const path = join(work, `long-${String(keyEvery)}.mp4`);
      await writeLongFilm(path, seconds, keyEvery);
      rows.push(await measureSpeed(name, path, encoder, signal));
    }
    return rows;
  } finally {
    await encoder.close();
  }
}

async function opened(path: string): Promise<{ film: Film; plan: FilmPlan }> {
  const { video: track, durationMs } = await probe(path);
  if (track === null || durationMs === null) throw new Failure('INTERNAL', 'The film was not written.', '');
  const film = { path, track, durationMs };
  return { film, plan: await planOf(film) };
}

async function watchWhole(film: Film, plan: FilmPlan, encoder: Encoder, signal: AbortSignal) {
  const keyframesMs: number[] = [];
  const cutsMs: number[] = [];
  for await (const found of findKeyframes(film, plan, [encoder], { ms: 0, vector: null }, signal)) {
    keyframesMs.push(...found.keyframes.map((one) => one.timeMs));
    cutsMs.push(...found.cutsMs);
  }
  return { keyframesMs, cutsMs };
}

async function measureCuts(path: string, encoder: Encoder, signal: AbortSignal): Promise<CutsRow> {
  const truth = await writeCutFilm(path);
  const { film, plan } = await opened(path);
  const { keyframesMs, cutsMs } = await watchWhole(film, plan, encoder, signal);
  const right = cutsMs.filter((cut) => truth.cutsMs.some((one) => Math.abs(one - cut) <= NEAR_MS));
  const met = truth.cutsMs.filter((one) => cutsMs.some((cut) => Math.abs(one - cut) <= NEAR_MS));
  const long = truth.shots.filter((shot) => shot.lengthMs >= 3000);
  const inside = long.map(
    (shot) => keyframesMs.filter((timeMs) => timeMs >= shot.fromMs && timeMs < shot.untilMs).length,
  );
  return {
    ...{ measure: 'cuts', cuts: truth.cutsMs.length, found: cutsMs.length },
    precision: right.length / Math.max(1, cutsMs.length),
    recall: met.length / truth.cutsMs.length,
    shots: long.length,
    shown: inside.filter((count) => count > 0).length,
    twice: inside.filter((count) => count > 1).length,
  };
}

/** The same decoding, with every frame thrown away. */
async function decodeAlone({ path, track }: Film, plan: FilmPlan, signal: AbortSignal): Promise<number> {
  const startMs = performance.now();
  for await (const _ of decodeFrames(path, { ...plan, track }, signal)) continue;
  return performance.now() - startMs;
}

async function measureSpeed(
  name: string,
  path: string,
  encoder: Encoder,
  signal: AbortSignal,
): Promise<SpeedRow> {
  const { film, plan } = await opened(path);
  const inputs: EncoderInput[] = [];
  const job = { kind: 'watch', ...film, plan, inputs: [encoder.imageInput], fromMs: 0 } as const;
  for await (const event of openFilm(job, signal)) if (event.is === 'keyframe') inputs.push(...event.inputs);
  const before = await decodeAlone(film, plan, signal);
  const startMs = performance.now();
  const { keyframesMs } = await watchWhole(film, plan, encoder, signal);
  const wallMs = performance.now() - startMs;
  // The machine may have been busier at one end than at the other.
  const decodeAloneMs = (before + (await decodeAlone(film, plan, signal))) / 2;
  const encode = await encodeAlone(encoder, inputs);
  const encodeAloneMs = encode.wallMs * inputs.length;
  return {
    ...{ measure: 'speed', film: name, decode: plan.decode, seconds: film.durationMs / 1000 },
    ...{ keyframes: keyframesMs.length, decodeAloneMs, encodeAloneMs, wallMs },
    share: (decodeAloneMs + encodeAloneMs) / wallMs,
    timesRealTime: film.durationMs / wallMs,
  };
}
