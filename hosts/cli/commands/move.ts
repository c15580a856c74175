// Runs in the command line: `move` brings the library to another folder or disk, and opens it there before the old files go.
import { resolve } from 'node:path';
import { Failure, type MoveState } from '../../../contract/index.ts';
import type { Call, Run } from '../command.ts';
import { withEngine, type Session } from '../engine-session.ts';
import { bar, fit } from '../progress.ts';
import type { Say } from '../say.ts';
import { byteCount, duration, printable } from '../text.ts';

/** Lines that pile up in a file come this often. */
const EACH_PLAIN_MS = 10_000;

export const run: Run = async (call) => {
  const { args, options, output, say } = call;
  const keep = options['keep'] === true;
  const moved = await withEngine(call, async ({ client }) => {
    await client.moving.start({ to: resolve(args[0] ?? ''), keep });
    return untilMoved(call, client);
  });
  // Opened soundly where it lies now, it lets the old files go.
  await withEngine(call, ({ library }) => library.settled);
  const { from, to, doneBytes: bytes, seconds } = moved;
  output.object({ event: 'done', from, to, bytes, seconds });
  output.line(say('move.done', { to: printable(to), size: byteCount(bytes), seconds }));
  output.line(say(keep ? 'move.kept' : 'move.led', { from: printable(from) }));
};

async function untilMoved(call: Call, client: Session['client']): Promise<MoveState> {
  const { output, signal, say } = call;
  let plainMs = performance.now();
  // What tells of changes keeps no process alive by itself, and once all is copied nothing else does.
  const awake = setInterval(() => undefined, 1_000);
  try {
    for await (const state of await client.moving.state(undefined, { signal })) {
      if (state === null) continue;
      if (state.state === 'moved') return state;
      if (state.failure !== null) throw Failure.fromData(state.failure);
      const { doneBytes: done, totalBytes: total, bytesPerSecond } = state;
      output.object({ event: 'progress', done, total, rate: Math.round(bytesPerSecond ?? 0) });
      if (output.live)
        output.transient(fit(`${bar(done, total)} ${lineOf(state, say)}`, process.stderr.columns || 80));
      else if (!output.json && performance.now() - plainMs >= EACH_PLAIN_MS) {
        plainMs = performance.now();
        output.note(lineOf(state, say));
      }
    }
  } finally {
    clearInterval(awake);
    output.transient('');
    if (signal.aborted) {
      await client.moving.stop();
      output.note(say('move.stopped'));
    }
  }
  // The iterator of an interrupted call just ends.
  signal.throwIfAborted();
  throw new Failure('CANCELLED', 'The move was stopped.');
}

function lineOf({ phase, doneBytes, totalBytes, bytesPerSecond, remainingMs }: MoveState, say: Say): string {
  if (phase !== 'copying') return say('move.checking');
  const left =
    remainingMs === null
      ? say('progress.unknown')
      : say('progress.left', { time: duration(remainingMs / 1000) });
  const [done, total, rate] = [doneBytes, totalBytes, bytesPerSecond ?? 0].map(byteCount);
  return say('packs.downloading', { done: done ?? '', total: total ?? '', rate: rate ?? '', left });
}
