// Runs as `npm run fetch:pack`: brings the pack that an installer ships into resources/packs, each file right by its digest.
// A mirror's address may be given: `npm run fetch:pack -- https://mirror.example.org/`.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CATALOGUE_FOLDER, readCatalogue } from '../native-models/packs/catalogue.ts';
import { fetchPack, Stage } from '../native-models/packs/fetch-pack.ts';
import { PackStore } from '../native-models/packs/pack-store.ts';
import { SHIPPED_PACK } from './release-parts.ts';
import { projectFolder } from './tools.ts';

const nothing = (): void => undefined;
const root = join(projectFolder, 'resources', 'packs');
await rm(join(root, SHIPPED_PACK), { recursive: true, force: true });
await mkdir(root, { recursive: true });
const catalogue = await readCatalogue(process.env['AFTERIMAGE_PACK_CATALOGUE'] ?? CATALOGUE_FOLDER);
const entry = catalogue.find(({ manifest }) => manifest.id === SHIPPED_PACK);
if (entry === undefined) throw new Error(`There is no pack ${SHIPPED_PACK} on offer.`);
const mirror = process.argv[2];
await fetchPack({
  stage: new Stage(root, entry.manifest),
  entry,
  mirror: mirror === undefined ? null : new URL(mirror),
  store: new PackStore(root, { debug: nothing, info: nothing, warn: nothing, error: nothing }),
  signal: AbortSignal.timeout(30 * 60_000),
  onBytes: nothing,
});
console.log(join(root, SHIPPED_PACK));
