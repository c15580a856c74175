// Runs under Vitest: what the built-in pack finds in real photographs, decoded the way indexing does.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDecodePool } from '../library/media/decode-pool.ts';
import { BUILT_IN, type Encoder, type PictureEmbedding } from '../library/ports.ts';
import { createPacks } from '../native-models/index.ts';

const photos = resolve(import.meta.dirname, '..', process.env['AFTERIMAGE_SHARED'] ?? '../shared', 'photos');
const present = existsSync(photos);
if (!present) console.log(`skipped: no photos in ${photos}`);

const CATS = [
  'cat.jpg',
  'cat-chelsea.png',
  'cat-kitten.jpeg',
  'cat-night.jpg',
  'cat-outdoors.jpg',
  'cat-sleeping.jpg',
];
const silent = { debug() {}, info() {}, warn() {}, error() {} };

describe.skipIf(!present)('the built-in pack over the sample photos', () => {
  let folder: string;
  let encoder: Encoder;
  const found = new Map<string, PictureEmbedding>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'built-in-photos-'));
    const builtInFolder = join(folder, 'built-in');
    encoder = await createPacks({ packsFolder: folder, builtInFolder, log: silent }).open(BUILT_IN, {
      threads: 2,
    });
    const pool = createDecodePool({ workers: 1, log: silent });
    for (const name of await readdir(photos)) {
      if (name.endsWith('.md')) continue;
      const path = join(photos, name);
      const { mediaType } = await pool.identify(path);
      const wants = { previewPath: null, inputs: [encoder.imageInput] };
      const { inputs } = await pool.decode({ path, mediaType, wants });
      const [embedding] = await encoder.encodePictures(inputs);
      if (embedding !== undefined) found.set(name, embedding);
    }
    await pool.close();
  });
  afterAll(async () => {
    await encoder.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Photos best first, by the geometric mean over clauses of the best concept. */
  async function search(query: string): Promise<{ name: string; relevance: number }[]> {
    const [meaning] = await encoder.encodeTexts([query]);
    if (meaning?.kind !== 'concepts' || meaning.unknown.length > 0)
      throw new Error(`${query} is not understood`);
    const rows = Array.from(found, ([name, { concepts }]) => {
      const best = meaning.clauses.map(({ anyOf }) =>
        Math.max(...anyOf.map((index) => concepts?.[index] ?? 0)),
      );
      return { name, relevance: best.reduce((product, value) => product * value, 1) ** (1 / best.length) };
    });
    return rows.sort((a, b) => b.relevance - a.relevance);
  }

  test('every photo was encoded', () => {
    expect(found.size).toBe(41);
  });

  test('"cat" ranks the six cats first, at least five are results, and nothing else is', async () => {
    const rows = await search('cat');
    expect(
      rows
        .slice(0, 6)
        .map((row) => row.name)
        .toSorted(),
    ).toEqual(CATS.toSorted());
    const results = rows.filter((row) => row.relevance >= 0.5).map((row) => row.name);
    expect(results.length).toBeGreaterThanOrEqual(5);
    expect(results.filter((name) => !CATS.includes(name))).toEqual([]);
  });

  test.each([
    ['horses', '말', 'horses.jpg'],
    ['train', '기차', 'train.jpg'],
    ['cake', '케이크', 'cake.jpg'],
    ['bird', '새', 'bird-pelican.jpg'],
    ['pelican', '펠리컨', 'bird-pelican.jpg'],
    ['truck', '트럭', 'truck-street.jpg'],
    ['dog', '개', 'dog-party-hat.jpg'],
    ['cat', '고양이', 'cat-kitten.jpeg'],
    ['dog on a bicycle', '자전거 옆의 개', 'dog-bicycle.jpg'],
    ['smiling person', '웃는 사람', 'portrait-astronaut.png'],
    ['purple flowers', '보라색 꽃', 'flowers.jpg'],
    ['water', '물', 'sea-dusk.jpg'],
  ])('"%s" and "%s" give one order, with %s first', async (english, korean, first) => {
    const rows = await search(english);
    expect(rows[0]?.name).toBe(first);
    expect(await search(korean)).toEqual(rows);
  });

  test('to a cat the other cats are more alike than anything else', () => {
    const cat = found.get('cat.jpg')?.vector ?? new Float32Array();
    const likeness = (vector: Float32Array) =>
      vector.reduce((sum, value, i) => sum + value * (cat[i] ?? 0), 0);
    const order = Array.from(found, ([name, { vector }]) => ({ name, likeness: likeness(vector) })).sort(
      (a, b) => b.likeness - a.likeness,
    );
    expect(order[0]?.name).toBe('cat.jpg');
    expect(order[0]?.likeness).toBeCloseTo(1, 5);
    expect(
      order
        .slice(0, 6)
        .map((row) => row.name)
        .toSorted(),
    ).toEqual(CATS.toSorted());
  });

  test('boxes lie where the things are', () => {
    const dog = encoder.space.concepts.indexOf('dog');
    const box = found.get('dog-party-hat.jpg')?.regions.find((region) => region.concept === dog);
    // The dog fills the lower middle of the picture.
    expect(box).toBeDefined();
    if (box === undefined) return;
    expect(box.x).toBeGreaterThan(0.1);
    expect(box.x + box.width).toBeLessThan(0.95);
    expect(box.y).toBeGreaterThan(0.1);
    expect(box.y + box.height).toBeGreaterThan(0.8);
  });
});
