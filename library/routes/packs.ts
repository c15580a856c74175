// Runs on the engine's thread: the contract's procedures for packs, over an open library's parts.
import { Failure, type PackId, type PackInfo } from '../../contract/index.ts';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { base } from './base.ts';

/** The router's `packs`. */
export function packRoutes(parts: Parts) {
  const { database, indexer, changes, spaces, packs } = parts;
  const { downloads } = packs;

  const packInfos = async (): Promise<PackInfo[]> => {
    const { filling } = indexer.progress();
    return (await packs.list()).map((pack) => ({
      ...pack,
      active: pack.packId === (pack.family === 'speech' ? parts.speech.chosenId() : spaces.activeId()),
      filling: filling?.packId === pack.packId ? { done: filling.done, total: filling.total } : null,
    }));
  };
  const packInfo = async (packId: PackId): Promise<PackInfo> => {
    const info = (await packInfos()).find((pack) => pack.packId === packId);
    if (info === undefined)
      throw new Failure('PACK_UNKNOWN', `There is no pack ${packId}.`, 'See `packs list` for those at hand.');
    return info;
  };
  const mirror = (): string | null =>
    z.string().nullable().catch(null).parse(database.settings.get('packMirror'));

  downloads.onChange((installed) => {
    changes.note('downloads');
    if (installed !== null) changes.note('packs');
  });

  return {
    list: base.packs.list.handler(packInfos),
    import: base.packs.import.handler(async ({ input, signal }) => {
      const { packId } = await packs.import(input.path, signal);
      changes.note('packs');
      return packInfo(packId);
    }),
    use: base.packs.use.handler(async ({ input }) => {
      await packInfo(input.packId);
      await parts.usePack(input.packId);
      return packInfo(input.packId);
    }),
    verify: base.packs.verify.handler(({ input }) => packs.verify(input.packId)),
    remove: base.packs.remove.handler(async ({ input }) => {
      await packInfo(input.packId);
      await parts.speech.forget(input.packId);
      await spaces.forget(input.packId);
      await packs.remove(input.packId);
      changes.note('packs');
    }),
    offers: base.packs.offers.handler(() => downloads.offers(mirror())),
    install: base.packs.install.handler(({ input }) => {
      // The files of a pack that is open must not be exchanged under it.
      if (spaces.packIds().includes(input.packId) || parts.speech.chosenId() === input.packId)
        throw new Failure('PACK_IN_USE', `The pack ${input.packId} is in use.`, 'Use another pack first.');
      return downloads.start(input.packId, mirror());
    }),
    stop: base.packs.stop.handler(({ input }) => downloads.stop(input.packId, input.keep)),
    downloads: base.packs.downloads.handler(async function* ({ signal }) {
      yield await downloads.states();
      for await (const _ of changes.follow(['downloads'], signal)) yield await downloads.states();
    }),
    cost: base.packs.cost.handler(({ input }) => downloads.cost(input.packId)),
    mirror: base.packs.mirror.handler(mirror),
    setMirror: base.packs.setMirror.handler(async ({ input }) => {
      // Refused here, not when a download begins.
      await downloads.offers(input);
      if (input === null) database.settings.remove('packMirror');
      else database.settings.set('packMirror', input);
      return mirror();
    }),
  };
}
