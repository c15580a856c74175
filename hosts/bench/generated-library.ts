// Runs in the command line: fills a library with made-up items straight through its tables. Serves `bench search`.
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ContentHash, type ItemId, type MomentId } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { takeLock } from '../../library/database/lock.ts';
import type { SpaceInfo } from '../../library/ports.ts';
import { createPreviewFiles } from '../../library/preview-files.ts';
import type { Look } from './looks.ts';
import { randomFrom } from './pictures.ts';

const words = [
  ...['harbour', 'winter', 'garden', 'market', 'lake', 'festival', 'kitchen', 'bridge', 'island', 'school'],
  ...['wedding', 'river', 'station', 'library', 'museum', 'forest', 'castle', 'village', 'office', 'concert'],
];
const cameras = [
  ['Canon', 'EOS R6'],
  ['Nikon', 'Z 6'],
  ['Apple', 'iPhone 15'],
  ['Sony', 'A7'],
] as const;

/** Words of file names that bench queries ask for; each is in about one of twenty. */
export const generatedWords: readonly string[] = words;

const FIRST_MS = Date.UTC(2010, 0, 1);
const DAY_MS = 86_400_000;
const PER_TRANSACTION = 5_000;

/**
 * Makes a library of so many pictures with dates, cameras, ratings, words and an embedding each. They lie in a
 * root that is not there: the library takes it for unplugged and keeps its items.
 *
 * @param folder - the library's, empty
 * @param looks - what the pictures look like, in turn; left out: they have no previews
 * @param absent - concepts that no picture shows
 */
export function generateLibrary(
  folder: string,
  space: SpaceInfo,
  count: number,
  looks: readonly Look[] = [],
  absent: ReadonlySet<number> = new Set(),
): void {
  mkdirSync(folder, { recursive: true });
  const lock = takeLock(folder, 'bench');
  const database = openDatabase(folder);
  try {
    const root = database.roots.add(join(folder, 'unplugged'), FIRST_MS);
    database.settings.set('activePack', space.packId);
    const vectors = database.vectors.open(space);
    const embed = embeddingsLike(space, absent);
    const previews = createPreviewFiles(folder);
    for (let start = 0; start < count; start += PER_TRANSACTION)
      database.transaction(() => {
        for (let n = start; n < Math.min(count, start + PER_TRANSACTION); n++) {
          const random = randomFrom(n + 1);
          const word = words[Math.floor(random() * words.length)] ?? '';
          const takenMs = FIRST_MS + Math.floor(random() * 5_000) * DAY_MS;
          const [make, model] = cameras[Math.floor(random() * cameras.length)] ?? cameras[0];
          const path = `${2010 + (n % 15)}/${word}/${word}-${n}.jpg`;
          const fileId = database.files.add(root.rootId, {
            path,
            bytes: 1_000_000 + n,
            modifiedMs: takenMs,
            identity: `0:${n}`,
          });
          const hash = ContentHash.parse(createHash('sha256').update(`generated ${n}`).digest('hex'));
          const itemId: ItemId = database.items.add({
            hash,
            ...{ kind: 'picture', mediaType: 'image/jpeg', bytes: 1_000_000 + n, sortMs: takenMs },
          });
          database.files.link(fileId, itemId, 'primary');
          const look = looks[Math.floor(random() * looks.length)];
          database.items.setDecoded(itemId, {
            ...{ width: look?.width ?? 4000, height: look?.height ?? 3000, animated: false },
            thumbhash: look?.thumbhash ?? null,
          });
          if (look !== undefined) {
            previews.makeFolderFor(previews.preview(hash));
            linkSync(look.previewPath, previews.preview(hash));
          }
          database.items.setMetadata(
            itemId,
            {
              ...nothingSaid,
              taken: { utcMs: takenMs, offsetMinutes: 0, certainty: 'zoned' },
              cameraMake: make,
              cameraModel: model,
              rating: Math.floor(random() * 6),
            },
            takenMs,
          );
          const momentId: MomentId = database.moments.add({
            itemId,
            kind: 'picture',
            startMs: null,
            endMs: null,
            text: null,
          });
          database.words.set(momentId, {
            ...{ name: `${word}-${n}.jpg`, folder: `${2010 + (n % 15)} ${word}` },
            ...{ title: '', description: '', keywords: '', said: '' },
          });
          vectors.put(momentId, embed(random));
        }
      });
  } finally {
    database.close();
    lock.release();
  }
}

const nothingSaid = {
  ...{ lens: null, exposureSeconds: null, fNumber: null, iso: null, focalLengthMm: null },
  ...{ latitude: null, longitude: null, altitudeM: null, orientation: null, title: null },
  ...{ description: null, keywords: [], colourProfile: null },
};

/**
 * Relevance of a concept that is not there, as measured over 3,250 pairs of an object and a photograph without it:
 * scores fall off by e in 0.14, one of 600 reaches 0.31; 0.465 is the cut-off, 17 the slope there.
 */
function unrelated(chance: number): number {
  const score = -0.14 * Math.log(chance + 1e-9) - 0.58;
  return 1 / (1 + Math.exp(-17 * (score - 0.465)));
}

/** Embeddings of a space's own form: random directions; of concepts few are there and most are not. */
function embeddingsLike(space: SpaceInfo, absent: ReadonlySet<number>) {
  return (random: () => number) => {
    const vector = Float32Array.from(
      { length: space.dimensions },
      () => random() + random() + random() - 1.5,
    );
    const length = Math.hypot(...vector);
    const concepts =
      space.concepts.length === 0
        ? null
        : Float32Array.from(space.concepts, (_, concept) =>
            random() < 0.04 && !absent.has(concept) ? 0.5 + random() / 2 : unrelated(random()),
          );
    return { vector: vector.map((value) => value / length), concepts, regions: [] };
  };
}
