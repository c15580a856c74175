// Runs in the command line: `packs list` lists the packs at hand, and those that can be installed.
import type { PackInfo, PackOffer } from '../../../contract/index.ts';
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import type { Say } from '../say.ts';
import { byteCount, duration, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const [packs, all] = await Promise.all([client.packs.list(), client.packs.offers()]);
    const offers = all.filter((offer) => offer.installed !== offer.version);
    // Measuring takes a second each, and only a person reads it.
    const costs = new Map<string, number | null>();
    if (!output.json)
      for (const { packId } of offers)
        costs.set(packId, (await client.packs.cost({ packId })).secondsPerThousand);
    output.object({ packs, offers });
    for (const pack of packs) {
      output.line(headOf(pack, say));
      output.line(`  ${printable(pack.summary)}`);
    }
    if (offers.length === 0) return;
    output.line();
    output.line(say('packs.on-offer'));
    for (const offer of offers)
      for (const line of linesOf(offer, costs.get(offer.packId) ?? null, say)) output.line(line);
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

function linesOf(offer: PackOffer, secondsPerThousand: number | null, say: Say): string[] {
  const { packId, name, bytes, license, languages, memoryBytes, needsMemoryBytes, freeBytes } = offer;
  const lines = [`${packId}: ${name}, ${byteCount(bytes)}, ${license}, ${languages.join(' ')}`];
  const memory = byteCount(memoryBytes);
  if (offer.recommended) lines.push(say('packs.recommended', { memory, free: byteCount(freeBytes) }));
  else if (memoryBytes < needsMemoryBytes)
    lines.push(say('packs.does-not-fit', { needed: byteCount(needsMemoryBytes), memory }));
  if (secondsPerThousand !== null) lines.push(say('packs.cost', { time: duration(secondsPerThousand) }));
  if (!offer.verified) lines.push(say('packs.unverified'));
  return lines.map((line, at) => (at === 0 ? line : `  ${line}`));
}
