// Runs in end-to-end tests and scripts: a mirror on loopback for a pack of the app's own catalogue, with bytes of the right length.
import { CATALOGUE_FOLDER, readCatalogue } from '../../native-models/packs/catalogue.ts';
import { noise } from './offered-pack.ts';
import { startRoughServer, type RoughServer } from './rough-server.ts';

/** Everything but the content is as on the pack's own server: a download runs, and ends by its digest. */
export async function mirrorOf(packId: string): Promise<RoughServer> {
  const entry = (await readCatalogue(CATALOGUE_FOLDER)).find(({ manifest }) => manifest.id === packId);
  if (entry === undefined) throw new Error(`There is no pack ${packId}.`);
  const server = await startRoughServer();
  for (const [at, file] of entry.manifest.files.entries())
    server.files.set(new URL(entry.base + file.path).pathname, noise(file.bytes, at + 1));
  return server;
}
