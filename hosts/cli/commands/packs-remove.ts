// Runs in the command line: `packs remove` deletes a pack and what was indexed with it.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { packIdOf } from './pack-id.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const packId = packIdOf(call.args[0]);
    await client.packs.remove({ packId });
    call.output.object({ removed: packId });
    call.output.line(call.say('packs.removed', { pack: packId }));
  });
