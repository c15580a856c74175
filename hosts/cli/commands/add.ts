// Runs in the command line: `add` makes folders roots of the library and indexes them.
import type { RootId } from '../../../contract/index.ts';
import { failureFrom } from '../../failures.ts';
import type { Run } from '../command.ts';
import { withEngine, type Session } from '../engine-session.ts';
import { indexNow, sayDone } from '../indexing.ts';
import { isWithin } from '../paths.ts';
import { printable } from '../text.ts';
import { resolve } from 'node:path';

export const run: Run = (call) =>
  withEngine(call, async (session) => {
    const { output, say } = call;
    const rootIds: RootId[] = [];
    for (const dir of call.args) {
      const path = resolve(dir);
      const { rootId, isNew } = await addRoot(session, path);
      rootIds.push(rootId);
      output.note(say(isNew ? 'add.added' : 'add.already', { path: printable(path) }));
    }
    if (call.options['wait'] === false) {
      output.object({
        event: 'done',
        ...{ added: 0, changed: 0, removed: 0, moved: 0, unchanged: 0, errors: 0, seconds: 0 },
      });
      output.line(say('add.later'));
      return;
    }
    sayDone(call, await indexNow(call, session, rootIds));
  });

/** To add what is watched already is no failure: the same command may be given again. */
async function addRoot({ client }: Session, path: string): Promise<{ rootId: RootId; isNew: boolean }> {
  try {
    const { rootId } = await client.roots.add({ path });
    return { rootId, isNew: true };
  } catch (error) {
    if (failureFrom(error).code !== 'ROOT_ALREADY_WATCHED') throw error;
    const root = (await client.roots.list()).find((one) => isWithin(path, one.path));
    if (root === undefined) throw error;
    return { rootId: root.rootId, isNew: false };
  }
}
