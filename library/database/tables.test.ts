// Runs under Vitest: the tables of a library on a real SQLite, with words and vectors.
import { expect, test } from 'vitest';
import type { ItemId, MomentId, PackId, RootId } from '../../contract/index.ts';
import { temporaryFolder, temporaryLibrary } from '../../test/support/temporary-library.ts';
import { openDatabase } from './database.ts';

const rootId = 1 as RootId;

function tables() {
  const { database } = temporaryLibrary();
  let made = 0;
  const addFile = (path: string, modifiedMs = 1000) =>
    database.files.add(rootId, { path, bytes: 3, modifiedMs, identity: `1:${path}` });
  const addItem = (sortMs = 1000): { itemId: ItemId; momentId: MomentId } => {
    const hash = String((made += 1));
    const itemId = database.items.add({ hash, kind: 'picture', mediaType: 'image/png', bytes: 3, sortMs });
    const momentId = database.moments.add({
      ...{ itemId, kind: 'picture', startMs: null, endMs: null, text: null },
    });
    return { itemId, momentId };
  };
  return { database, addFile, addItem };
}

test('steps come newest first, without those in flight, and each is there once however often it is queued', () => {
  const { database, addFile } = tables();
  const [old, middle, recent] = [10, 20, 30].map((ms) => addFile(`${String(ms)}.jpg`, ms));
  for (const [i, fileId] of [old!, recent!, middle!, old!].entries())
    database.steps.queue('identify', { fileId }, 1, [10, 30, 20, 10][i]!);
  expect(database.steps.next('identify', '', [], 9).map((step) => step.fileId)).toEqual([
    recent,
    middle,
    old,
  ]);
  expect(database.steps.next('identify', '', [-Number(recent)], 1).map((step) => step.fileId)).toEqual([
    middle,
  ]);
  expect(database.steps.next('describe', '', [], 9)).toEqual([]);
  expect(database.steps.waiting('identify')).toBe(3);
});

test('a step that failed keeps its reason until it is queued or tried again', () => {
  const { database, addItem } = tables();
  const { itemId } = addItem();
  const failure = { code: 'MEDIA_DAMAGED', reason: 'It is damaged.', remedy: 'Copy it again.' } as const;
  database.steps.queue('preview', { itemId }, 1, 0);
  const fail = (): void => database.steps.fail(database.steps.next('preview', '', [], 1)[0]!.stepId, failure);
  fail();
  expect(database.steps.failed()).toEqual([expect.objectContaining({ ...failure, itemId, state: 'failed' })]);
  expect(database.steps.waiting()).toBe(0);
  expect(database.steps.retryFailed()).toBe(1);
  expect(database.steps.failedCount()).toBe(0);
  fail();
  database.steps.queue('preview', { itemId }, 2, 0);
  expect(database.steps.ofItem(itemId)).toEqual([
    expect.objectContaining({ state: 'waiting', version: 2, code: null, reason: null, remedy: null }),
  ]);
});

test('raising the version of a step does it again where an older version did it, and nowhere else', () => {
  const { database, addFile } = tables();
  const [one, two] = [addFile('1.jpg'), addFile('2.jpg')];
  database.steps.queue('identify', { fileId: one }, 1, 0);
  database.steps.queue('identify', { fileId: two }, 2, 0);
  for (const step of database.steps.next('identify', '', [], 9)) database.steps.finish(step.stepId);
  expect(database.steps.raiseVersion('identify', 2)).toBe(1);
  expect(database.steps.next('identify', '', [], 9).map((step) => step.fileId)).toEqual([one]);
});

test('a space is filled for every item once, beside others', () => {
  const { database, addItem } = tables();
  addItem(1);
  addItem(2);
  expect(database.steps.fillScope('embed', 'clip', 1, 'picture')).toBe(2);
  expect(database.steps.fillScope('embed', 'clip', 1, 'picture')).toBe(0);
  expect(database.steps.fillScope('embed', 'built-in', 1, 'picture')).toBe(2);
  expect(database.steps.waiting('embed', 'clip')).toBe(2);
  database.steps.dropScope('clip');
  expect([database.steps.waiting('embed', 'clip'), database.steps.waiting('embed')]).toEqual([0, 2]);
});

test('steps go with their file and with their item, moments with their item', () => {
  const { database, addFile, addItem } = tables();
  const fileId = addFile('a.jpg');
  const { itemId, momentId } = addItem();
  database.files.link(fileId, itemId, 'primary');
  database.steps.queue('identify', { fileId }, 1, 0);
  database.steps.queue('embed', { itemId }, 1, 0, 'clip');
  database.items.remove(itemId);
  expect(database.files.get(fileId)?.itemId).toBeNull();
  expect(database.moments.get(momentId)).toBeUndefined();
  expect(database.steps.waiting()).toBe(1);
  database.files.remove(fileId);
  expect(database.steps.waiting()).toBe(0);
});

test('the number of an item is never given again, also by an index that is made anew', () => {
  const { database, addItem } = tables();
  const [first, second] = [addItem().itemId, addItem().itemId];
  database.items.remove(second);
  const third = addItem().itemId;
  database.clearIndex();
  const fourth = addItem().itemId;
  expect([first, second, third, fourth]).toEqual([1, 2, 3, 4]);
});

test('files of a folder are those below it and not those of a folder that begins alike', () => {
  const { database, addFile } = tables();
  for (const path of ['a/1.jpg', 'a/b/2.jpg', 'a b/3.jpg', 'a.jpg', 'ab/4.jpg', '가/5.jpg']) addFile(path);
  const below = (folder: string) => database.files.below(rootId, folder).map((row) => row.path);
  expect(below('a').sort()).toEqual(['a/1.jpg', 'a/b/2.jpg']);
  expect(below('가')).toEqual(['가/5.jpg']);
  expect(below('')).toHaveLength(6);
  expect(database.files.withStem(rootId, 'a').map((row) => row.path)).toEqual(['a.jpg']);
  const first = database.files.page(rootId, '', 2).map((row) => row.path);
  const rest = database.files.page(rootId, first[1]!, 9).map((row) => row.path);
  expect([...first, ...rest]).toEqual(['a b/3.jpg', 'a.jpg', 'a/1.jpg', 'a/b/2.jpg', 'ab/4.jpg', '가/5.jpg']);
});

test('a root goes away and comes back as a whole, others stay', () => {
  const { database, addFile } = tables();
  const fileId = addFile('a.jpg');
  addFile('b.jpg');
  database.files.add(2 as RootId, { path: 'c.jpg', bytes: 1, modifiedMs: 1, identity: '1:1' });
  expect(database.files.setAway(rootId, true)).toBe(2);
  expect(database.files.setAway(rootId, true)).toBe(0);
  expect(database.files.get(fileId)?.away).toBe(1);
  expect(database.files.ofRoot(2 as RootId)[0]?.away).toBe(0);
  expect(database.files.setAway(rootId, false)).toBe(2);
});

test('metadata comes back as it was given, and a date sorts by the clock on the wall', () => {
  const { database, addItem } = tables();
  const { itemId } = addItem();
  const { itemId: other } = addItem(500);
  const taken = { utcMs: 1_000_000, offsetMinutes: -60, certainty: 'zoned' } as const;
  const nothing = {
    ...{ cameraMake: null, cameraModel: null, lens: null, exposureSeconds: null, fNumber: null, iso: null },
    ...{ focalLengthMm: null, latitude: null, longitude: null, altitudeM: null, orientation: null },
    ...{ title: null, description: null, rating: null, colourProfile: null },
  };
  database.items.setMetadata(itemId, { ...nothing, taken, keywords: ['바다', 'sea'] }, 7);
  database.items.setMetadata(other, { ...nothing, taken: null, keywords: [] }, 7.4);
  expect(database.items.get(itemId)).toMatchObject({
    ...{ takenMs: 1_000_000, takenOffsetMinutes: -60, sortMs: 1_000_000 - 3_600_000 },
    keywords: '["바다","sea"]',
  });
  expect(database.items.get(other)?.sortMs).toBe(7);
  expect(database.items.newest(1, 0)).toEqual([other]);
});

test('vectors of a space come back bit for bit after opening again, and go with their moment', () => {
  const folder = temporaryFolder();
  const space = { key: 'clip@1', packId: 'clip' as PackId, dimensions: 3, concepts: ['cat', 'dog'] };
  let database = openDatabase(folder);
  const vector = Float32Array.of(0.1, -0.2, 0.3);
  const region = { concept: 1, relevance: 0.75, x: 0, y: 0.5, width: 0.25, height: 0.5 } as never;
  const momentId = 7 as MomentId;
  const vectors = database.vectors.open(space);
  vectors.put(momentId, { vector, concepts: Float32Array.of(1, 0.5), regions: [region] });
  vectors.put(momentId, { vector, concepts: Float32Array.of(0, 1), regions: [region] });
  database.vectors.open({ ...space, key: 'other@1' }).put(momentId, { vector, concepts: null, regions: [] });
  database.close();
  database = openDatabase(folder);
  const again = database.vectors.open(space);
  expect([...again.all()]).toEqual([{ momentId, vector, concepts: Uint8Array.of(0, 255) }]);
  expect(again.regions(momentId)).toEqual([region]);
  expect(database.vectors.open({ ...space, key: 'other@1' }).get(momentId)?.concepts).toBeNull();
  database.vectors.removeMoment(momentId);
  expect([again.count(), again.get(momentId)]).toEqual([0, undefined]);
  database.vectors.drop('other@1');
  expect(database.vectors.spaces().map((one) => one.key)).toEqual(['clip@1']);
  database.close();
});

test('words are found in Korean without a dictionary, in part, composed or not, and replaced as a whole', () => {
  const { database, addItem } = tables();
  const empty = { name: '', folder: '', title: '', description: '', keywords: '', said: '' };
  const [beach, family] = [addItem().momentId, addItem().momentId];
  database.words.set(beach, { ...empty, name: '바닷가에서 IMG_2024'.normalize('NFD'), folder: 'Été 2024' });
  database.words.set(family, { ...empty, keywords: '가족사진' });
  const find = (expression: string) => database.words.match(expression, 9).map((row) => row.momentId);
  expect(find('"바닷 닷가"')).toEqual([beach]);
  expect(find('"사진"')).toEqual([family]);
  expect(find('"img" AND "2024"')).toEqual([beach]);
  expect(find('"ete"')).toEqual([beach]);
  expect(find('"산"')).toEqual([]);
  database.words.set(beach, { ...empty, name: 'mountain' });
  expect(find('"2024"')).toEqual([]);
  expect(find('"mountain"')).toEqual([beach]);
  database.words.remove(beach);
  expect(find('"mountain"')).toEqual([]);
});

test('a word in a title counts more than one in a folder', () => {
  const { database, addItem } = tables();
  const empty = { name: '', folder: '', title: '', description: '', keywords: '', said: '' };
  const [folder, title] = [addItem().momentId, addItem().momentId];
  database.words.set(folder, { ...empty, folder: 'lighthouse' });
  database.words.set(title, { ...empty, title: 'lighthouse' });
  expect(database.words.match('"lighthouse"', 9).map((row) => row.momentId)).toEqual([title, folder]);
});

test('settings keep any JSON, roots come in the order in which they were added', () => {
  const { database } = tables();
  database.settings.set('ignore', ['*.png', '임시/']);
  database.settings.set('ignore', ['*.gif']);
  expect(database.settings.get('ignore')).toEqual(['*.gif']);
  database.settings.remove('ignore');
  expect(database.settings.get('ignore')).toBeUndefined();
  const roots = ['/b', '/a'].map((path) => database.roots.add(path, 5));
  expect(database.roots.all()).toEqual(roots);
  expect(() => database.roots.add('/a', 6)).toThrow();
});

test('what is done in a transaction happens as a whole', () => {
  const { database, addFile } = tables();
  expect(() =>
    database.transaction(() => {
      addFile('a.jpg');
      throw new Error('midway');
    }),
  ).toThrow('midway');
  expect(database.files.count()).toBe(0);
});
