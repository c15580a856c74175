// Runs in the command line: `packs import` copies a pack from a folder into the library.
import { resolve } from 'node:path';
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const pack = await client.packs.import({ path: resolve(call.args[0] ?? '') }, { signal: call.signal });
    output.object(pack);
    output.line(say('packs.imported', { pack: pack.packId, version: printable(pack.version) }));
    if (!pack.active) output.line(say('packs.use-hint', { pack: pack.packId }));
  });
