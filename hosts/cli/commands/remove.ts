// Runs in the command line: `remove` stops watching a folder and forgets its index.
import { resolve } from 'node:path';
import { Failure } from '../../../contract/index.ts';
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { isSamePath } from '../paths.ts';
import { printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const path = resolve(call.args[0] ?? '');
    const root = (await client.roots.list()).find((one) => isSamePath(one.path, path));
    if (root === undefined)
      throw new Failure('ROOT_UNKNOWN', say('remove.unknown', { path }), say('remove.unknown-remedy'));
    const { removed } = await client.roots.remove({ rootId: root.rootId });
    output.object({ removed });
    output.line(say('remove.done', { path: printable(root.path), removed }));
  });
