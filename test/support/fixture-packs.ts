// Runs in tests: packs without model files, over the fixture encoders. Real queues, real decoding, real tables.
import { Failure, PackId } from '../../contract/index.ts';
import type { Encoder, EncoderInput, Packs, PackSummary, Speech } from '../../library/ports.ts';
import { createConceptEncoder, createVectorEncoder } from './fixture-encoder.ts';

const concepts = ['red', 'green', 'blue', 'yellow', 'white', 'black'];

/** No program, no pack: as on a machine where nothing was installed. */
export const noSpeech: Speech = {
  program: () => Promise.resolve({ works: false, sentence: 'whisper.cpp is not here.' }),
  openVoices: () => Promise.reject(new Failure('PACK_FILE_MISSING', 'Fixture packs hear nothing.')),
  openRecogniser: () => Promise.reject(new Failure('PACK_UNKNOWN', 'Fixture packs hear nothing.')),
};

export interface FixturePacks extends Packs {
  /** Pictures encoded so far, by pack. */
  readonly encoded: Map<string, number>;
  /** While set, encoders wait for it before they encode. */
  gate: Promise<void> | null;
}

/** `built-in` names colours by concepts; `fixture-vectors` is a dual encoder. */
export function createFixturePacks(): FixturePacks {
  const made: Record<string, () => Encoder> = {
    'built-in': () => createConceptEncoder({ concepts }),
    'fixture-vectors': () => createVectorEncoder(64),
  };
  const packs: FixturePacks = {
    encoded: new Map(),
    gate: null,
    speech: noSpeech,
    list: () => Promise.resolve(Object.keys(made).map(summary)),
    import: () => Promise.reject(new Failure('PACK_MANIFEST_INVALID', 'Fixture packs are not imported.')),
    downloads: createNoDownloads(),
    verify: (packId) => Promise.resolve({ packId, ok: true, files: [] }),
    remove: (packId) => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a table of two, keyed by pack
      delete made[packId];
      return Promise.resolve();
    },
    open(packId) {
      const make = made[packId];
      if (make === undefined)
        return Promise.reject(new Failure('PACK_UNKNOWN', `There is no pack ${packId}.`));
      const encoder = make();
      const encodePictures = async (inputs: readonly EncoderInput[]) => {
        await packs.gate;
        packs.encoded.set(packId, (packs.encoded.get(packId) ?? 0) + inputs.length);
        return encoder.encodePictures(inputs);
      };
      return Promise.resolve({ ...encoder, space: { ...encoder.space, packId }, encodePictures });
    },
  };
  return packs;
}

function summary(id: string): PackSummary {
  return {
    packId: PackId.parse(id),
    name: id,
    version: '1',
    family: id === 'built-in' ? 'concepts' : 'dual-encoder',
    languages: ['en', 'ko'],
    license: 'MIT',
    bytes: 0,
    builtIn: id === 'built-in',
    summary: 'For tests.',
  };
}

/** Nothing is on offer. */
const createNoDownloads = (): Packs['downloads'] => ({
  offers: () => Promise.resolve([]),
  states: () => Promise.resolve([]),
  start: (packId) => Promise.reject(new Failure('PACK_UNKNOWN', `There is no pack ${packId}.`)),
  stop: () => Promise.resolve(),
  onChange: () => undefined,
  cost: () => Promise.resolve({ secondsPerThousand: null }),
  close: () => Promise.resolve(),
});
