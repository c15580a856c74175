// Runs in a film worker thread: watches one film through ffmpeg, chooses keyframes, prepares them for encoders.
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../../contract/index.ts';
import { encoderInput } from '../encoder-input.ts';
import { decodeFrames, type Frame, type FrameWants } from '../ffmpeg/frames.ts';
import { previewOf } from '../preview.ts';
import { resizeRgb } from '../pixels.ts';
import { animationFrames } from './animation.ts';
import { type Chosen, createChooser } from './choose-keyframes.ts';
import type { Candidate, FilmEvent, FilmJob, FilmMessage, FilmOrder } from './film-messages.ts';
import { lookAt } from './look.ts';
import { writeSheet } from './sheet.ts';

/** So many keyframes may be on their way; then ffmpeg waits. Bounds memory: each holds its encoder inputs. */
const MOST_ON_THE_WAY = 24;
const PROGRESS_EVERY_MS = 250;

if (parentPort === null) throw new Error('film-worker runs as a worker thread only');
const port = parentPort;
const job = workerData as FilmJob;
const stopped = new AbortController();
let onTheWay = 0;
let wake: (() => void) | null = null;

port.on('message', (order: FilmOrder) => {
  if ('end' in order) stopped.abort();
  else onTheWay -= order.taken;
  wake?.();
});

const say = (message: FilmMessage, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};
const tell = (event: FilmEvent): void => {
  say({ event });
};

async function tellKeyframe(candidate: Candidate): Promise<void> {
  onTheWay++;
  const pixels = candidate.inputs.flatMap(({ rgb }) =>
    rgb.buffer instanceof ArrayBuffer ? [rgb.buffer] : [],
  );
  say({ event: candidate }, pixels);
  while (onTheWay >= MOST_ON_THE_WAY && !stopped.signal.aborted)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  stopped.signal.throwIfAborted();
}

type Watch = Extract<FilmJob, { kind: 'watch' }>;

/** Frames of the film; decoded by the processor where the graphics card gives none. */
async function* framesOf(
  { path, asPicture }: { readonly path: string; readonly asPicture: boolean | undefined },
  wants: FrameWants,
): AsyncGenerator<Frame> {
  if (asPicture) {
    yield* animationFrames(path, wants, stopped.signal);
    return;
  }
  let any = false;
  try {
    for await (const frame of decodeFrames(path, wants, stopped.signal)) {
      any = true;
      yield frame;
    }
  } catch (error) {
    if (any || wants.hardware !== true || stopped.signal.aborted) throw error;
    yield* decodeFrames(path, { ...wants, hardware: false }, stopped.signal);
  }
}

async function watch({ path, asPicture, track, plan, inputs, fromMs, durationMs }: Watch): Promise<void> {
  const chooser = createChooser({
    ...plan,
    onCut: (timeMs) => {
      tell({ is: 'cut', timeMs });
    },
  });
  const tileAt = (number: number): number => ((number + 0.5) * durationMs) / plan.tiles;
  let tile = 0;
  while (tile < plan.tiles && tileAt(tile) < fromMs) tile++;
  let frames = 0;
  let toldMs = 0;
  let untilMs = fromMs;
  const wants = { ...plan, track, fromMs, hardware: plan.decode !== 'key' && hasGraphics() };
  for await (const { timeMs, rgb } of framesOf({ path, asPicture }, wants)) {
    frames++;
    untilMs = Math.max(untilMs, timeMs);
    const chosen = chooser.push({ timeMs, rgb, look: lookAt(rgb, plan.width, plan.height) });
    if (tile < plan.tiles && timeMs >= tileAt(tile)) {
      const small = await resizeRgb(
        { rgb, width: plan.width, height: plan.height },
        plan.tileWidth,
        plan.tileHeight,
      );
      for (; tile < plan.tiles && timeMs >= tileAt(tile); tile++)
        tell({ is: 'tile', number: tile, rgb: small.rgb });
    }
    for (const one of chosen) await tellKeyframe(await candidateOf(one, inputs));
    if (Date.now() - toldMs < PROGRESS_EVERY_MS) continue;
    toldMs = Date.now();
    tell({ is: 'progress', untilMs, frames });
  }
  stopped.signal.throwIfAborted();
  for (const one of chooser.end(Math.max(durationMs, untilMs)))
    await tellKeyframe(await candidateOf(one, inputs));
  tell({ is: 'progress', untilMs, frames });

  async function candidateOf(
    { sample, endMs, isUnsure }: Chosen,
    forEncoders: Watch['inputs'],
  ): Promise<Candidate> {
    const base = { rgb: sample.rgb, width: plan.width, height: plan.height };
    return {
      ...{ is: 'keyframe', timeMs: sample.timeMs, endMs: Math.round(endMs), isUnsure },
      quality: sample.look.quality,
      ...(await previewOf(base)),
      inputs: forEncoders.map((input) => encoderInput(base, track, input)),
    };
  }
}

async function frames({
  path,
  asPicture,
  track,
  plan,
  inputs,
  timesMs,
}: Extract<FilmJob, { kind: 'frames' }>): Promise<void> {
  const none = new Uint8Array(0);
  for (const timeMs of timesMs) {
    // A frame's time is rounded to a millisecond: seeking begins just before it.
    const wants = {
      ...plan,
      track,
      decode: 'all',
      leastGapMs: 0,
      most: 1,
      fromMs: Math.max(0, timeMs - 2),
    } as const;
    for await (const { rgb } of framesOf({ path, asPicture }, wants)) {
      const base = { rgb, width: plan.width, height: plan.height };
      const made = inputs.map((input) => encoderInput(base, track, input));
      await tellKeyframe({
        ...{
          is: 'keyframe',
          timeMs,
          endMs: timeMs,
          isUnsure: false,
          quality: 0,
          webp: none,
          thumbhash: none,
        },
        inputs: made,
      });
    }
  }
}

/** Whether there is a graphics card that could decode: a guess that costs nothing when it is wrong. */
function hasGraphics(): boolean {
  return process.platform === 'darwin' || process.platform === 'win32' || existsSync('/dev/dri/renderD128');
}

async function answer(): Promise<void> {
  if (job.kind === 'watch') await watch(job);
  else if (job.kind === 'frames') await frames(job);
  else await writeSheet(job.tiles, job.plan, job.toPath);
}

answer()
  .then(
    () => {
      say({ done: true });
    },
    (error: unknown) => {
      say({ failure: failureOf(error) });
    },
  )
  .finally(() => {
    port.close();
  });
