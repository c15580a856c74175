// Runs in the command line: `keyframes` finds the keyframes of one film, without a library.
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Failure } from '../../../contract/index.ts';
import { findKeyframes, planOf } from '../../../library/indexing/find-keyframes.ts';
import { probe } from '../../../library/media/ffmpeg/probe.ts';
import { BUILT_IN } from '../../../library/ports.ts';
import { createPacks } from '../../../native-models/index.ts';
import { builtInFolder } from '../../library-folder.ts';
import type { Call, Run } from '../command.ts';
import { clock, printable } from '../text.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const run: Run = async (call) => {
  const asked = resolve(call.args[0] ?? '');
  const path = await realpath(asked).catch(() => {
    throw new Failure('FILE_NOT_FOUND', `There is no file ${asked}.`, 'Look at its name and folder.');
  });
  const { video: track, durationMs } = await probe(path, call.signal);
  if (track === null)
    throw new Failure('MEDIA_NOT_SUPPORTED', `${asked} holds no film.`, 'Give the path of a video.');
  const film = { path, track, durationMs: durationMs ?? 60_000 };
  const plan = await planOf(film, call.signal);
  const packs = createPacks({
    packsFolder: join(call.library, 'packs'),
    builtInFolder: builtInFolder(),
    log: silent,
  });
  const encoder = await packs.open(BUILT_IN, { threads: 2 });
  try {
    const found: { startMs: number; endMs: number; quality: number }[] = [];
    const watched = (untilMs: number): void => {
      call.output.transient(`${clock(untilMs)} / ${clock(film.durationMs)}`);
    };
    const from = { ms: 0, vector: null };
    for await (const group of findKeyframes(film, plan, [encoder], from, call.signal, watched)) {
      const last = found.at(-1);
      if (group.lastEndMs !== null && last !== undefined) last.endMs = group.lastEndMs;
      for (const { timeMs: startMs, endMs, quality } of group.keyframes)
        found.push({ startMs, endMs, quality });
    }
    call.output.transient('');
    say(call, { path, durationMs, decode: plan.decode, gapMs: plan.gapMs, keyframes: found });
  } finally {
    await encoder.close();
  }
};

interface Answer {
  readonly path: string;
  readonly durationMs: number | null;
  /** Which pictures of the film were decoded, see FrameWants. */
  readonly decode: string;
  readonly gapMs: number;
  readonly keyframes: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly quality: number;
  }[];
}

function say({ output, say: sentence }: Call, answer: Answer): void {
  output.object(answer);
  output.line(printable(answer.path));
  for (const { startMs, endMs } of answer.keyframes) output.line(`  ${clock(startMs)} – ${clock(endMs)}`);
  output.note(sentence('keyframes.found', { count: answer.keyframes.length }));
}
