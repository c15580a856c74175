// Runs in the command line: `packs verify` checks every file of a pack against its manifest.
import { Unsuccessful, type Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { printable } from '../text.ts';
import { packIdOf } from './pack-id.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const packId = packIdOf(call.args[0]);
    const verification = await client.packs.verify({ packId });
    output.object(verification);
    for (const { path, ok, detail } of verification.files)
      output.line(`${ok ? '✓' : '✗'} ${printable(path)}: ${printable(detail)}`);
    if (!verification.ok)
      throw new Unsuccessful(
        say.failure({
          code: 'PACK_FILE_DAMAGED',
          reason: say('packs.damaged', { pack: packId }),
          remedy: say('packs.damaged-remedy'),
        }),
      );
    output.line(say('packs.verified', { pack: packId }));
  });
