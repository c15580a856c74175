// Runs in the command line: `packs install` downloads a pack once the person has agreed to what it is.
import { createInterface } from 'node:readline/promises';
import { Failure, type PackDownload, type PackId, type PackOffer } from '../../../contract/index.ts';
import { Unsuccessful, type Call, type Run } from '../command.ts';
import { withEngine, type Session } from '../engine-session.ts';
import { bar, fit } from '../progress.ts';
import type { Say } from '../say.ts';
import { byteCount, duration, printable } from '../text.ts';
import { packIdOf } from './pack-id.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { args, options, output, say } = call;
    const packId = packIdOf(args[0]);
    const mirror = options['mirror'];
    if (typeof mirror === 'string') await client.packs.setMirror(mirror === 'none' ? null : mirror);
    const offer = (await client.packs.offers()).find((one) => one.packId === packId);
    if (offer === undefined)
      throw new Failure(
        'PACK_UNKNOWN',
        `No pack "${packId}" can be downloaded.`,
        'See `afterimage packs list` for those that can, or import one from a folder.',
      );
    if (offer.installed !== offer.version) {
      await requireConsent(call, offer);
      await client.packs.install({ packId });
      await untilThere(call, client, packId);
    }
    const pack = (await client.packs.list()).find((one) => one.packId === packId);
    if (pack === undefined) return;
    output.object(pack);
    output.line(say('packs.installed', { pack: packId, version: printable(pack.version) }));
    if (!pack.active) output.line(say('packs.use-hint', { pack: packId }));
  });

/** Shows what there is to agree to, and asks where there is somebody to ask. */
async function requireConsent({ options, output, say, signal }: Call, offer: PackOffer): Promise<void> {
  const { name, bytes, license, hosts, source, verified } = offer;
  output.note(say('packs.ask', { name, size: byteCount(bytes), license, hosts: hosts.join(', ') }));
  output.note(say('packs.ask-source', { source }));
  if (!verified) output.note(say('packs.unverified'));
  if (options['yes'] === true) return;
  if (process.stdin.isTTY && process.stderr.isTTY) {
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await asking.question(say('packs.ask-yes'), { signal }).finally(() => asking.close());
    if (/^(y|yes|예|네)$/i.test(answer.trim())) return;
  }
  throw new Unsuccessful(say('packs.not-asked'));
}

async function untilThere(call: Call, client: Session['client'], packId: PackId): Promise<void> {
  const { output, say, signal } = call;
  try {
    for await (const states of await client.packs.downloads(undefined, { signal })) {
      const state = states.find((one) => one.packId === packId);
      if (state === undefined) return;
      if (state.failure !== null) throw Failure.fromData(state.failure);
      output.transient(fit(lineOf(state, say), process.stderr.columns || 80));
    }
    // The iterator of an interrupted call just ends.
    signal.throwIfAborted();
  } catch (error) {
    if (signal.aborted) output.note(say('packs.kept'));
    throw error;
  } finally {
    output.transient('');
  }
}

function lineOf({ doneBytes, totalBytes, bytesPerSecond, remainingMs }: PackDownload, say: Say): string {
  const left =
    remainingMs === null
      ? say('progress.unknown')
      : say('progress.left', { time: duration(remainingMs / 1000) });
  const counts = {
    done: byteCount(doneBytes),
    total: byteCount(totalBytes),
    rate: byteCount(bytesPerSecond ?? 0),
  };
  return `${bar(doneBytes, totalBytes)} ${say('packs.downloading', { ...counts, left })}`;
}
