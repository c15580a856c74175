// Runs in the command line: `packs use` fills a pack's space and makes the pack the one that answers.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { indexNow } from '../indexing.ts';
import { packIdOf } from './pack-id.ts';

export const run: Run = (call) =>
  withEngine(call, async (session) => {
    const { output, say } = call;
    const packId = packIdOf(call.args[0]);
    await session.client.packs.use({ packId });
    // One object is promised on stdout: how far it is goes to a terminal only.
    if (call.options['wait'] !== false)
      await indexNow({ ...call, output: { ...output, object: () => undefined } }, session);
    const pack = (await session.client.packs.list()).find((one) => one.packId === packId);
    if (pack === undefined) return;
    output.object(pack);
    output.line(say(pack.active ? 'packs.used' : 'packs.use-later', { pack: packId }));
  });
