// Runs on the answering thread: the front door to everything that runs a model.
import { join } from 'node:path';
import { Failure } from '../contract/index.ts';
import type { Log, Packs, PackSummary } from '../library/ports.ts';
import { BUILT_IN_BYTES, BUILT_IN_ID, BUILT_IN_VERSION } from './built-in/identity.ts';
import { ensureBuiltIn, verifyBuiltIn } from './built-in/models.ts';
import { openBuiltIn } from './built-in/open.ts';
import { openDualEncoder } from './dual-encoder/open.ts';
import { CATALOGUE_FOLDER } from './packs/catalogue.ts';
import { createDownloads } from './packs/downloads.ts';
import { PackStore, type StoredPack } from './packs/pack-store.ts';
import { createSpeech } from './speech/recogniser.ts';

/**
 * The packs at hand.
 *
 * @param options.packsFolder - where imported packs lie, `packs/` of the library; made when first needed
 * @param options.shippedFolder - packs that an installer brought; left out: none
 * @param options.catalogueFolder - the packs on offer; left out: those that come with the app
 * @param options.builtInFolder - where the built-in pack's ONNX files lie or are to be made
 * @param options.whisper - where the program for speech packs is looked for, and where it writes for a moment;
 *   without it speech is not installed
 */
export function createPacks(options: {
  packsFolder: string;
  builtInFolder: string;
  whisper?: { program: string | null; programFolder: string; temporaryFolder: string };
  catalogueFolder?: string;
  shippedFolder?: string;
  log: Log;
}): Packs {
  const { builtInFolder, log } = options;
  const nowhere = join(options.packsFolder, '.no-whisper');
  const whisper = options.whisper ?? { program: null, programFolder: nowhere, temporaryFolder: nowhere };
  const store = new PackStore(options.packsFolder, log, options.shippedFolder ?? null);
  const catalogue = options.catalogueFolder ?? CATALOGUE_FOLDER;
  return {
    speech: createSpeech({ store, ...whisper }),
    downloads: createDownloads({ store, root: options.packsFolder, catalogue, log }),
    async list() {
      return [builtInSummary(), ...(await store.list()).map(summaryOf)];
    },
    async import(folder, signal) {
      const pack = await store.import(folder, signal);
      log.info('pack imported', { pack: pack.manifest.id, version: pack.manifest.version });
      return summaryOf(pack);
    },
    async verify(packId) {
      if (packId !== BUILT_IN_ID) return store.verify(packId);
      await ensureBuiltIn(builtInFolder, log);
      return { packId, ...(await verifyBuiltIn(builtInFolder)) };
    },
    async remove(packId) {
      if (packId === BUILT_IN_ID)
        throw new Failure(
          'PACK_IN_USE',
          'The built-in pack comes with Afterimage and cannot be removed.',
          'Use another pack; the built-in one then takes no part in searches.',
        );
      await store.remove(packId);
      log.info('pack removed', { pack: packId });
    },
    async open(packId, { threads }) {
      if (packId === BUILT_IN_ID) return openBuiltIn(builtInFolder, threads, log);
      const { folder, manifest } = await store.findWhole(packId);
      if (manifest.family === 'speech')
        throw new Failure(
          'PACK_MANIFEST_INVALID',
          `The pack ${packId} hears speech; it cannot compare pictures.`,
          'Use it with `packs use`: it stands beside the encoder.',
        );
      return openDualEncoder(folder, manifest, threads);
    },
  };
}

function summaryOf({ manifest }: StoredPack): PackSummary {
  const languages = manifest.languages.includes('*') ? 'many languages' : manifest.languages.join(', ');
  return {
    packId: manifest.id,
    name: manifest.name,
    version: manifest.version,
    family: manifest.family,
    languages: manifest.languages,
    license: manifest.license,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    builtIn: false,
    summary:
      manifest.family === 'speech'
        ? `Writes down what is said in videos and recordings; hears ${languages}.`
        : `Compares pictures with any sentence; understands ${languages}.`,
  };
}

function builtInSummary(): PackSummary {
  return {
    packId: BUILT_IN_ID,
    name: 'Built-in',
    version: BUILT_IN_VERSION,
    family: 'concepts',
    languages: ['en', 'ko'],
    license: 'MIT package; the weights come from other projects, see docs/packs.md',
    bytes: BUILT_IN_BYTES,
    builtIn: true,
    summary:
      'Knows about 100 things, scenes and colours by name, in English and Korean; says which words it does not know.',
  };
}
