// Runs in Electron's utility process: the system's trash, reached through main, which alone has Electron's shell.
import type { TrashAnswer, TrashAsk } from '../contract/shell.ts';
import type { Trash } from '../library/ports.ts';

/** What is used of `process.parentPort`. */
interface AskingPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

export function trashThrough(port: AskingPort): Trash {
  const waiting = new Map<number, (reason: string | null) => void>();
  let last = 0;
  port.on('message', ({ data }) => {
    const answer = data as Partial<TrashAnswer> | null;
    if (answer?.type !== 'trashed' || typeof answer.id !== 'number') return;
    waiting.get(answer.id)?.(answer.reason ?? null);
    waiting.delete(answer.id);
  });
  return {
    move: (path) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, (reason) => (reason === null ? resolve() : reject(new Error(reason))));
        port.postMessage({ type: 'trash', id, path } satisfies TrashAsk);
      }),
  };
}
