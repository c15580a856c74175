// Tests of searching: questions to a real database, with encoders whose vectors follow from words.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure, SearchAnswer, SearchRequest, SearchRows, type SearchInput } from '../../contract/index.ts';
import { createConceptEncoder, createVectorEncoder, plainInput } from '../../test/support/fixture-encoder.ts';
import {
  createFixtureLibrary,
  type FixtureItem,
  type FixtureLibrary,
  silentLog,
  stillClock,
  noDecoding,
} from '../../test/support/fixture-library.ts';
import type { Encoder, PictureEmbedding } from '../ports.ts';
import { type Active, createSearch } from './search.ts';
import { createTurns } from './turns.ts';
import { loadSpaceIndex } from './vectors/space-index.ts';

let library: FixtureLibrary;
beforeEach(() => void (library = createFixtureLibrary()));
afterEach(() => library.close());

const decodesTo = (rgb: readonly [number, number, number]) => ({
  ...noDecoding,
  decodeBytes: async () => ({
    ...{ width: 32, height: 32, animated: false, durationMs: null, thumbhash: null },
    inputs: [plainInput(rgb)],
  }),
});

async function activate(
  encoder: Encoder,
  pictures: readonly (FixtureItem & { readonly seen?: PictureEmbedding })[],
): Promise<Active> {
  const vectors = library.database.vectors.open(encoder.space);
  for (const { seen, ...item } of pictures) {
    const { momentId } = library.add(item);
    if (seen !== undefined) vectors.put(momentId, seen);
  }
  return { encoder, vectors, index: await loadSpaceIndex(encoder.space, vectors, library.database.moments) };
}

function searchIn(active: Active | null, pool = decodesTo([0, 0, 0])) {
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, pool },
    active: () => active,
  });
  return async (input: SearchInput) => SearchAnswer.parse(await search.find(SearchRequest.parse(input)));
}

const names = (results: SearchAnswer['results']) => results.map((one) => one.name);

const seer = createConceptEncoder({
  concepts: ['cat', 'dog', 'red', 'blue', 'water', 'night', 'train'],
  weak: { beach: 'water' },
  ordering: ['night'],
  fillers: ['a', 'on', 'the', 'at'],
});

const animals = [
  { path: 'a.jpg', seen: seer.pictureOf({ cat: 0.9 }), modifiedMs: 1000 },
  { path: 'b.jpg', seen: seer.pictureOf({ cat: 0.6, red: 0.8, night: 0.9 }), modifiedMs: 2000 },
  { path: 'c.jpg', seen: seer.pictureOf({ dog: 0.95, red: 0.7 }), modifiedMs: 3000 },
  { path: 'd.jpg', seen: seer.pictureOf({ cat: 0.4, water: 0.8 }), modifiedMs: 4000 },
];

describe('with a concepts pack', () => {
  test('a word finds what shows it, best first, and nothing below the cut-off', async () => {
    const find = searchIn(await activate(seer, animals));
    const answer = await find({ text: 'cat' });
    expect(names(answer.results)).toEqual(['a.jpg', 'b.jpg']);
    expect(answer.total).toBe(2);
    expect(answer.nearest).toEqual([]);
    expect(answer.results[0]?.why).toEqual([{ kind: 'concept', text: 'cat 90 %' }]);
    expect(answer.results[0]?.moments[0]?.regions[0]).toMatchObject({ label: 'cat', x: 0.1, y: 0.2 });
    expect(names((await find({ text: '고양이' })).results)).toEqual(['a.jpg', 'b.jpg']);
  });

  test('where nothing is sure the nearest is presumed, said so, and stands low', async () => {
    const find = searchIn(await activate(seer, animals));
    const { results } = await find({ text: 'train' });
    expect(results).toEqual([]);
    const doubtful = seer.pictureOf({ train: 0.15 });
    const again = searchIn(await activate(seer, [{ path: 'e.jpg', seen: doubtful }]));
    const [only, ...others] = (await again({ text: 'train' })).results;
    expect([only?.name, others]).toEqual(['e.jpg', []]);
    expect(only?.relevance).toBeLessThan(0.61);
    expect(only?.why[0]?.text).toBe('train 15 %');
  });

  test('a name in the other language answers a word that the pack knows, behind the word itself', async () => {
    const find = searchIn(
      await activate(seer, [
        { path: 'old train.jpg', seen: seer.pictureOf({ train: 0.1 }) },
        { path: '기차 여행.jpg', seen: seer.pictureOf({ train: 0.1 }) },
        { path: 'plain.jpg', seen: seer.pictureOf({ train: 0.2 }) },
      ]),
    );
    const answer = await find({ text: '기차' });
    expect(names(answer.results)).toEqual(['기차 여행.jpg', 'old train.jpg']);
    expect(answer.results[1]?.why).toContainEqual({
      kind: 'words',
      text: 'name: old train.jpg',
      lit: [[10, 15]],
    });
    expect(names((await find({ text: 'train' })).results)).toEqual(['old train.jpg', '기차 여행.jpg']);
    expect((await find({ text: '기차', without: ['same'] })).total).toBe(1);
  });

  test('all shows what lies below the cut-off too, in order', async () => {
    const find = searchIn(await activate(seer, animals));
    expect(names((await find({ text: 'cat', all: true })).results)).toEqual([
      'a.jpg',
      'b.jpg',
      'd.jpg',
      'c.jpg',
    ]);
  });

  test('two words must both hold', async () => {
    const find = searchIn(await activate(seer, animals));
    expect(names((await find({ text: 'red cat' })).results)).toEqual(['b.jpg']);
    expect(names((await find({ text: '빨간 개' })).results)).toEqual(['c.jpg']);
  });

  test('a word that the pack does not know has no results, only nearest ones by what it knows', async () => {
    const find = searchIn(await activate(seer, animals));
    const answer = await find({ text: 'red submarine' });
    expect(answer.plan.unknown).toEqual(['submarine']);
    expect(answer.results).toEqual([]);
    expect(names(answer.nearest).slice(0, 2)).toEqual(['b.jpg', 'c.jpg']);
    expect(answer.nearest.every((one) => one.relevance < 0.5)).toBe(true);
    const nothing = await find({ text: 'submarine' });
    expect([nothing.results, nothing.nearest]).toEqual([[], []]);
  });

  test('an unknown word that stands in a name is found there, together with what is seen', async () => {
    const pictures = [
      { path: 'submarine.jpg', seen: seer.pictureOf({ red: 0.9 }) },
      { path: 'submarine-2.jpg', seen: seer.pictureOf({ blue: 0.9 }) },
      { path: 'rose.jpg', seen: seer.pictureOf({ red: 0.9 }) },
    ];
    const find = searchIn(await activate(seer, pictures));
    const answer = await find({ text: 'red submarine' });
    expect(names(answer.results)).toEqual(['submarine.jpg']);
    expect(answer.results[0]?.why).toEqual([
      { kind: 'concept', text: 'red 90 %' },
      { kind: 'words', text: 'name: submarine.jpg', lit: [[6, 15]] },
    ]);
  });

  test('words that ask for nothing show everything, as no words do', async () => {
    const find = searchIn(await activate(seer, animals));
    expect(names((await find({ text: 'on the' })).results)).toEqual(['d.jpg', 'c.jpg', 'b.jpg', 'a.jpg']);
  });

  test('a word known only roughly is answered and named as weak', async () => {
    const find = searchIn(await activate(seer, animals));
    const answer = await find({ text: 'beach' });
    expect(names(answer.results)).toEqual(['d.jpg']);
    expect(answer.plan.weak).toEqual([{ word: 'beach', as: 'water' }]);
  });

  test('a word that only orders makes no result, and lifts none over the cut-off', async () => {
    const find = searchIn(await activate(seer, animals));
    expect((await find({ text: 'night' })).results).toEqual([]);
    expect(names((await find({ text: 'cat at night' })).results).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(names((await find({ text: 'red cat night' })).results)).toEqual(['b.jpg']);
  });

  test('a minus takes away what shows it and what is called so', async () => {
    const find = searchIn(await activate(seer, [...animals, { path: 'dog-cat.jpg' }]));
    expect(names((await find({ text: 'red -cat' })).results)).toEqual(['c.jpg']);
    expect(names((await find({ text: '-cat' })).results)).toEqual(['d.jpg', 'c.jpg']);
  });
});

describe('with vectors of pictures and texts', () => {
  const clip = createVectorEncoder(256);
  const scenes = [
    'red train',
    'red flower',
    'blue sea',
    'black cat',
    'cat on a sofa',
    'green forest',
    'old book',
  ].map((words, i) => ({ path: `${i}.jpg`, seen: clip.pictureOf(words), modifiedMs: i * 1000 }));

  test('a text finds the picture that it means, in either language', async () => {
    const find = searchIn(await activate(clip, scenes));
    expect(names((await find({ text: 'black cat' })).results)[0]).toBe('3.jpg');
    expect(names((await find({ text: '검은 고양이' })).results)[0]).toBe('3.jpg');
    expect((await find({ text: 'black cat' })).results[0]?.why[0]?.kind).toBe('meaning');
  });

  test('a text that means nothing in the library has no result, but nearest ones', async () => {
    const find = searchIn(await activate(clip, scenes));
    for (const text of ['helicopter landing', 'qwxzv', '헬리콥터', 'wedding dress']) {
      const answer = await find({ text });
      expect(answer.results).toEqual([]);
      expect(answer.nearest.length).toBeGreaterThan(0);
    }
  });

  test('an item finds itself first with relevance 1, then what is like it', async () => {
    const active = await activate(clip, scenes);
    const itemId = library.database.items.newest(10, 0)[6 - 4]!;
    const answer = await searchIn(active)({ images: [{ source: 'item', itemId }], all: true });
    expect(names(answer.results).slice(0, 2)).toEqual(['4.jpg', '3.jpg']);
    expect(answer.results[0]?.relevance).toBe(1);
    expect(answer.results[1]?.relevance).toBeLessThan(1);
    expect(answer.results[0]?.why[0]).toEqual({ kind: 'picture', text: 'the same picture as 4.jpg' });
  });

  test('the bytes of an indexed picture are that picture, without decoding', async () => {
    const active = await activate(clip, [
      ...scenes,
      { path: 'x.jpg', content: 'the very bytes', seen: clip.pictureOf('dog') },
    ]);
    const find = searchIn(active, noDecoding);
    const data = new Blob(['the very bytes']);
    const answer = await find({ images: [{ source: 'bytes', name: 'dropped.jpg', data }] });
    expect(answer.results[0]).toMatchObject({ name: 'x.jpg', relevance: 1 });
    expect(answer.plan.wants[0]).toMatchObject({
      kind: 'picture',
      name: 'dropped.jpg',
      itemId: answer.results[0]?.itemId,
    });
  });

  test('a picture and a text both count', async () => {
    const [plain] = await clip.encodePictures([plainInput([220, 30, 30])]);
    const active = await activate(clip, [...scenes, { path: 'red.png', seen: plain! }]);
    const find = searchIn(active, decodesTo([225, 35, 35]));
    const image = { source: 'bytes', name: 'patch.png', data: new Blob(['patch']) } as const;
    expect(names((await find({ images: [image], all: true })).results)[0]).toBe('red.png');
    const both = await find({ text: 'train', images: [image], all: true });
    expect(names(both.results)[0]).toBe('0.jpg');
    expect(both.plan.wants).toHaveLength(2);
  });

  test('a picture that cannot be read is said to be so', async () => {
    const find = searchIn(await activate(clip, scenes), {
      ...noDecoding,
      decodeBytes: () => Promise.reject(new Failure('MEDIA_DAMAGED', 'The picture is damaged.')),
    });
    const image = { source: 'bytes', name: 'broken.jpg', data: new Blob(['?']) } as const;
    await expect(find({ images: [image] })).rejects.toMatchObject({ code: 'QUERY_IMAGE_UNREADABLE' });
    const gone = find({ images: [{ source: 'item', itemId: 999 }] as never });
    await expect(gone).rejects.toMatchObject({ code: 'ITEM_UNKNOWN' });
  });

  test('what is removed from the index or put into it is not or is found at once', async () => {
    const active = await activate(clip, scenes);
    const find = searchIn(active);
    const before = await find({ text: 'black cat' });
    active.index.remove(before.results[0]!.moments[0]!.momentId);
    expect(names((await find({ text: 'black cat' })).results)).not.toContain('3.jpg');
    const { itemId, momentId } = library.add({ path: 'new.jpg' });
    active.index.put(momentId, itemId, 'picture', clip.pictureOf('black cat'));
    expect(names((await find({ text: 'black cat' })).results)[0]).toBe('new.jpg');
  });
});

describe('by words, without any pack', () => {
  const day = (text: string) => ({
    utcMs: Date.parse(`${text}T12:00:00Z`),
    offsetMinutes: null,
    certainty: 'local' as const,
  });
  beforeEach(() => {
    library.add({ path: '2019/제주 여름/바닷가에서.jpg', metadata: { taken: day('2019-07-14'), rating: 5 } });
    library.add({
      path: '2019/Summer in Rome/IMG_0001.jpg',
      metadata: { taken: day('2019-12-31'), cameraMake: 'Canon', cameraModel: 'EOS 6D', lens: 'EF 50mm' },
    });
    library.add({
      path: '2020/cats/grey-cat.JPG',
      metadata: { taken: day('2020-01-01'), title: 'Mia sleeps', rating: 3 },
    });
    library.add({
      path: '2020/가족사진 배.png',
      metadata: { taken: day('2020-05-05'), latitude: 37, longitude: 127 },
    });
    library.add({
      path: 'odd/배경.gif',
      metadata: { taken: day('2021-01-01'), keywords: ['black hole'] },
      animated: true,
    });
  });

  test.each([
    ['바닷가', ['바닷가에서.jpg']],
    // A kind by its name alone: all of it, what is called so first.
    ['사진', ['가족사진 배.png', '배경.gif', 'grey-cat.JPG', 'IMG_0001.jpg', '바닷가에서.jpg']],
    ['배', ['가족사진 배.png']],
    ['제주', ['바닷가에서.jpg']],
    ['cat', ['grey-cat.JPG']],
    ['grey cats', ['grey-cat.JPG']],
    ['gre', ['grey-cat.JPG']],
    ['mia', ['grey-cat.JPG']],
    ['"grey cat"', ['grey-cat.JPG']],
    ['"cat grey"', []],
    ['"black hole"', ['배경.gif']],
    ['rome', ['IMG_0001.jpg']],
    ['quantum', []],
    ['gre ', []],
    ['grey dinosaur', []],
  ])('%s', async (text, expected) => {
    expect(names((await searchIn(null)({ text })).results)).toEqual(expected);
  });

  test.each([
    ['', ['배경.gif', '가족사진 배.png', 'grey-cat.JPG', 'IMG_0001.jpg', '바닷가에서.jpg']],
    ['before:2020', ['IMG_0001.jpg', '바닷가에서.jpg']],
    ['after:2019 -is:animated', ['가족사진 배.png', 'grey-cat.JPG']],
    ['date:2019-07..2019-08', ['바닷가에서.jpg']],
    ['in:2019', ['IMG_0001.jpg', '바닷가에서.jpg']],
    ['in:"summer in"', ['IMG_0001.jpg']],
    ['폴더:여름', ['바닷가에서.jpg']],
    ['in:/home/anna/Pictures/2020', ['가족사진 배.png', 'grey-cat.JPG']],
    ['in:/home/anna/Pic', []],
    ['camera:canon', ['IMG_0001.jpg']],
    ['camera:"canon 6d" lens:50MM', ['IMG_0001.jpg']],
    ['camera:c%n', []],
    ['-camera:canon before:2020', ['바닷가에서.jpg']],
    ['-in:2020 sort:oldest', ['바닷가에서.jpg', 'IMG_0001.jpg', '배경.gif']],
    ['rating:>=4', ['바닷가에서.jpg']],
    ['별점:3', ['grey-cat.JPG']],
    ['has:gps', ['가족사진 배.png']],
    ['is:animated', ['배경.gif']],
    ['type:video', []],
    ['2020 sort:oldest', ['grey-cat.JPG', '가족사진 배.png']],
    ['cat in:2019', []],
  ])('%s', async (text, expected) => {
    const answer = await searchIn(null)({ text });
    expect(names(answer.results)).toEqual(expected);
    expect(answer.total).toBe(expected.length);
  });

  test('pages go on where the last one ended', async () => {
    const find = searchIn(null);
    expect(names((await find({ limit: 2, offset: 3 })).results)).toEqual(['IMG_0001.jpg', '바닷가에서.jpg']);
    expect((await find({ limit: 2, offset: 3 })).total).toBe(5);
    expect((await find({ kinds: ['video', 'audio'] })).total).toBe(0);
  });

  test('a name says more than a folder, and why says where', async () => {
    library.add({ path: 'rome/x.jpg' });
    library.add({ path: 'y/rome.jpg' });
    const answer = await searchIn(null)({ text: 'rome' });
    expect(names(answer.results)[0]).toBe('rome.jpg');
    expect(answer.results[0]?.why).toEqual([{ kind: 'words', text: 'name: rome.jpg', lit: [[6, 10]] }]);
    expect(answer.results.at(-1)?.why[0]?.text).toMatch(/^folder: Pictures\//);
  });

  test('nothing that a person types is read as an operator', async () => {
    const find = searchIn(null);
    for (const text of ['cat OR 1', 'NEAR(cat', 'name:cat*', '"', '(', "'; DROP TABLE item;--", 'cat^', '\0'])
      expect((await find({ text })).total).toBeLessThanOrEqual(5);
  });
});

test('a superseded question stops', async () => {
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, pool: decodesTo([0, 0, 0]) },
    active: () => null,
  });
  const controller = new AbortController();
  const answer = search.find(SearchRequest.parse({ text: 'cat' }), controller.signal);
  controller.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});

test('a kind asked for by its name alone is all that is of it, what bears the name first', async () => {
  const films = [
    { path: 'sea.mp4', kind: 'video' as const, modifiedMs: 3000 },
    { path: 'hill.mp4', kind: 'video' as const, modifiedMs: 1000 },
    { path: 'video-poster.jpg', modifiedMs: 2000 },
  ];
  const find = searchIn(await activate(seer, [...animals, ...films]));
  const { results, plan } = await find({ text: 'video' });
  expect(names(results)).toEqual(['video-poster.jpg', 'sea.mp4', 'hill.mp4']);
  expect(results.at(-1)?.why).toEqual([{ kind: 'filter', text: 'video' }]);
  expect(plan.unknown).toEqual([]);
  expect(names((await find({ text: 'show me all my videos' })).results)).toEqual(['sea.mp4', 'hill.mp4']);
  expect(names((await find({ text: '영상' })).results)).toEqual(['sea.mp4', 'hill.mp4']);
  expect(names((await find({ text: '영상 -sea' })).results)).toEqual(['hill.mp4']);
  expect((await find({ text: '사진' })).total).toBe(5);
});

test('an answer comes as it is read: the whole told first, then all its rows in order', async () => {
  const many = Array.from({ length: 200 }, (_, n) => ({ path: `harbour-${String(n)}.jpg`, modifiedMs: n }));
  await activate(seer, many);
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, pool: decodesTo([0, 0, 0]) },
    active: () => null,
  });
  const request = SearchRequest.parse({ text: 'harbour', limit: 150 });
  const whole = await search.find(request);
  const parts: SearchRows[] = [];
  for await (const rows of search.stream(request)) parts.push(SearchRows.parse(rows));
  expect(parts.map(({ head }) => head?.total ?? null)).toEqual([200, ...parts.slice(1).map(() => null)]);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts[0]?.results.length).toBeLessThan(60);
  expect(parts.flatMap(({ results }) => results)).toEqual(whole.results);

  const stop = new AbortController();
  const superseded = async () => {
    for await (const _ of search.stream(request, stop.signal)) stop.abort();
  };
  await expect(superseded()).rejects.toMatchObject({ name: 'AbortError' });
});

test('what a question holds is given away between two slices, and a newer one ends it there', async () => {
  const stop = new AbortController();
  const turn = createTurns(stop.signal);
  await turn();
  const held = performance.now();
  while (performance.now() - held < 20);
  let others = false;
  setImmediate(() => (others = true));
  await turn();
  expect(others).toBe(true);
  while (performance.now() - held < 60);
  stop.abort();
  await expect(turn()).rejects.toMatchObject({ name: 'AbortError' });
});
