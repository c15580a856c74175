// Runs in the command line: `packs list` lists the packs at hand.
import type { PackInfo } from '../../../contract/index.ts';
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import type { Say } from '../say.ts';
import { byteCount, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const packs = await client.packs.list();
    call.output.object({ packs });
    for (const pack of packs) {
      call.output.line(headOf(pack, call.say));
      call.output.line(`  ${printable(pack.summary)}`);
    }
  });

function headOf(pack: PackInfo, say: Say): string {
  const parts = [
    `${pack.packId} ${printable(pack.version)}`,
    pack.family,
    byteCount(pack.bytes),
    printable(pack.license),
  ];
  if (pack.active) parts.push(say('packs.active'));
  if (pack.filling !== null) parts.push(say('packs.filling', pack.filling));
  return parts.join(', ');
}
