// Runs on the answering thread: downloads of packs, each begun, stopped and gone on with as a person says.
import { totalmem } from 'node:os';
import { Failure, failureOf, type PackDownload, type PackId, type PackOffer } from '../../contract/index.ts';
import type { Log, PackDownloads } from '../../library/ports.ts';
import { createCostMeter } from '../runtime/measure-cost.ts';
import { type CatalogueEntry, readCatalogue } from './catalogue.ts';
import { freeBytes } from './disk.ts';
import { fetchPack, Stage } from './fetch-pack.ts';
import type { PackStore } from './pack-store.ts';
import { unknownPack } from './pack-store.ts';
import { createRate } from './rate.ts';

/** Left free beside a pack: the index grows while its space is filled. */
const SPARE_BYTES = 256 * 1024 * 1024;

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<undefined>;
  doneBytes: number;
  readonly rate: ReturnType<typeof createRate>;
}

/**
 * @param options.root - folder of packs; what is on its way lies beside them under names that are no pack's
 * @param options.catalogue - folder of the packs on offer
 */
export function createDownloads(options: {
  store: PackStore;
  root: string;
  catalogue: string;
  log: Log;
}): PackDownloads {
  const { store, root, log } = options;
  const running = new Map<PackId, Running>();
  const failed = new Map<PackId, Failure>();
  const meter = createCostMeter();
  let tell: (installed: PackId | null) => void = () => undefined;
  let reading: Promise<CatalogueEntry[]> | undefined;
  const catalogue = (): Promise<CatalogueEntry[]> => (reading ??= readCatalogue(options.catalogue));

  const entryOf = async (packId: PackId): Promise<CatalogueEntry> => {
    const entry = (await catalogue()).find(({ manifest }) => manifest.id === packId);
    if (entry === undefined) throw unknownPack(packId);
    return entry;
  };

  const run = async (entry: CatalogueEntry, mirror: URL | null, now: Running): Promise<void> => {
    const { id, version } = entry.manifest;
    try {
      await fetchPack({
        stage: new Stage(root, entry.manifest),
        entry,
        mirror,
        store,
        signal: now.stop.signal,
        onBytes: (bytes) => {
          now.doneBytes = bytes;
          now.rate.add(bytes);
          tell(null);
        },
      });
      running.delete(id);
      log.info('pack downloaded', { pack: id, version });
      tell(id);
    } catch (error) {
      running.delete(id);
      if (!now.stop.signal.aborted) {
        failed.set(id, Failure.fromData(failureOf(error)));
        log.warn('pack download failed', { pack: id, code: failureOf(error).code });
      }
      tell(null);
    }
  };

  const stateOf = async ({ manifest }: CatalogueEntry): Promise<PackDownload | null> => {
    const now = running.get(manifest.id);
    const failure = failed.get(manifest.id)?.toData() ?? null;
    const doneBytes = now?.doneBytes ?? (await new Stage(root, manifest).size());
    if (now === undefined && doneBytes === null && failure === null) return null;
    const totalBytes = bytesOf(manifest);
    const bytesPerSecond = now?.rate.perSecond() ?? null;
    return {
      packId: manifest.id,
      state: now !== undefined ? 'running' : failure === null ? 'stopped' : 'failed',
      doneBytes: doneBytes ?? 0,
      totalBytes,
      bytesPerSecond,
      remainingMs:
        bytesPerSecond === null || bytesPerSecond === 0
          ? null
          : ((totalBytes - (doneBytes ?? 0)) / bytesPerSecond) * 1000,
      failure,
    };
  };

  return {
    async offers(mirror) {
      const [entries, free, stored] = await Promise.all([catalogue(), freeBytes(root), store.list()]);
      const memoryBytes = totalmem();
      const fits = (entry: CatalogueEntry): boolean =>
        memoryBytes >= entry.needsMemoryBytes && free >= bytesOf(entry.manifest) + SPARE_BYTES;
      const best = (family: string): CatalogueEntry | undefined =>
        entries
          .filter((entry) => entry.manifest.family === family && fits(entry))
          .toSorted((a, b) => b.rank - a.rank)[0];
      return entries
        .toSorted((a, b) => a.manifest.family.localeCompare(b.manifest.family) || b.rank - a.rank)
        .map((entry): PackOffer => {
          const { id, name, version, family, languages, license, source } = entry.manifest;
          return {
            ...{ packId: id, name, version, family, languages, license, source },
            bytes: bytesOf(entry.manifest),
            hosts: [...hostsOf(mirrorOf(mirror)), ...entry.hosts],
            verified: entry.verified,
            installed: stored.find((pack) => pack.manifest.id === id)?.manifest.version ?? null,
            recommended: entry === best(family),
            needsMemoryBytes: entry.needsMemoryBytes,
            memoryBytes,
            freeBytes: free,
          };
        });
    },
    async states() {
      const states = await Promise.all((await catalogue()).map(stateOf));
      return states.filter((state) => state !== null);
    },
    async start(packId, mirror) {
      const entry = await entryOf(packId);
      const address = mirrorOf(mirror);
      const doneBytes = (await new Stage(root, entry.manifest).size()) ?? 0;
      await requireRoom(root, entry, bytesOf(entry.manifest) - doneBytes);
      if (running.has(packId)) return;
      failed.delete(packId);
      const ended = Promise.withResolvers<undefined>();
      const rate = createRate();
      const now: Running = { stop: new AbortController(), ended: ended.promise, doneBytes, rate };
      running.set(packId, now);
      void run(entry, address, now).finally(() => ended.resolve(undefined));
    },
    async stop(packId, keep) {
      const now = running.get(packId);
      now?.stop.abort();
      await now?.ended;
      failed.delete(packId);
      if (!keep) await new Stage(root, (await entryOf(packId)).manifest).discard();
      tell(null);
    },
    onChange(listener) {
      tell = listener;
    },
    async cost(packId) {
      const { work } = await entryOf(packId);
      return { secondsPerThousand: work === undefined ? null : await meter.measure(work) };
    },
    async close() {
      const all = [...running.values()];
      for (const one of all) one.stop.abort();
      await Promise.all([meter.close(), ...all.map((one) => one.ended)]);
    },
  };
}

const bytesOf = (manifest: CatalogueEntry['manifest']): number =>
  manifest.files.reduce((sum, file) => sum + file.bytes, 0);

const hostsOf = (mirror: URL | null): string[] => (mirror === null ? [] : [mirror.host]);

/** @throws Failure INPUT_INVALID */
function mirrorOf(mirror: string | null): URL | null {
  if (mirror === null) return null;
  const url = URL.parse(mirror);
  if (url !== null && ['https:', 'http:'].includes(url.protocol)) return url;
  throw new Failure(
    'INPUT_INVALID',
    `"${mirror}" is not the address of a mirror.`,
    'An address looks like https://models.example.org/.',
  );
}

async function requireRoom(root: string, { manifest }: CatalogueEntry, bytes: number): Promise<void> {
  const free = await freeBytes(root);
  if (free >= bytes + SPARE_BYTES) return;
  const mega = (size: number): string => `${Math.ceil(size / 1e6)} MB`;
  throw new Failure(
    'DISK_FULL',
    `${manifest.name} needs ${mega(bytes + SPARE_BYTES)} of room and the disk of the library has ${mega(free)}.`,
    'Free some space, or choose a smaller pack.',
  );
}
