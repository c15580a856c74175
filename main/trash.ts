// Runs in Electron's main process: moves a file to the system's trash when the engine asks, after a person has said so.
import { isAbsolute } from 'node:path';
import type { TrashAnswer, TrashAsk } from '../contract/shell.ts';
import type { Shell, UtilityProcess } from 'electron';

/**
 * The engine cannot reach Electron's shell from its own process, so it asks for one file at a time. Only our own
 * engine has this channel: the page has none.
 */
export function answerTrash(
  child: Pick<UtilityProcess, 'on' | 'postMessage'>,
  shell: Pick<Shell, 'trashItem'>,
): void {
  child.on('message', (message: Partial<TrashAsk> | null) => {
    if (message?.type !== 'trash' || typeof message.id !== 'number') return;
    const { id, path } = message;
    const answer = (reason: string | null): void =>
      child.postMessage({ type: 'trashed', id, reason } satisfies TrashAnswer);
    if (typeof path !== 'string' || !isAbsolute(path)) answer('This is no path of a file.');
    else
      shell.trashItem(path).then(
        () => answer(null),
        (error: unknown) => answer(error instanceof Error ? error.message : String(error)),
      );
  });
}
