// Runs under Vitest: what a person decides, taken back and done again, and collections that come of it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type ItemId,
  type MarkInput,
  MarkRequest,
  type Scope,
  SearchRequest,
  type SearchInput,
} from '../contract/index.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  silentLog,
  stillClock,
  noDecoding,
} from '../test/support/fixture-library.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import { itemCards } from './item-cards.ts';
import { itemDetails } from './item-details.ts';
import { createSearch } from './search/search.ts';

let library: FixtureLibrary;
let decisions: Decisions;
let changes = 0;
let [cat, dog, sea]: ItemId[] = [];

beforeEach(() => {
  library = createFixtureLibrary();
  changes = 0;
  decisions = createDecisions({
    database: library.database,
    nowMs: () => Date.now(),
    onChange: () => (changes += 1),
  });
  [cat, dog, sea] = ['pets/cat.jpg', 'pets/dog.jpg', 'trips/2019/sea.jpg'].map(
    (path, at) =>
      library.add({ path, modifiedMs: at, ...(at === 1 ? { metadata: { rating: 2 } } : {}) }).itemId,
  );
});
afterEach(() => library.close());

const mark = (request: { itemIds: unknown[] } & Omit<MarkInput, 'itemIds'>): void =>
  decisions.mark(MarkRequest.parse(request));

const search = (input: SearchInput) =>
  createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, active: () => null },
    pool: noDecoding,
  }).find(SearchRequest.parse(input));
const within = async (scope: Scope, text = ''): Promise<string[]> =>
  (await search({ scope, text })).results.map(({ name }) => name);

const card = (itemId: ItemId | undefined) => itemCards(library.database, [itemId!])[0];
const details = (itemId: ItemId | undefined) => itemDetails(library.database, null, itemId!);

test('a favourite, a rating, tags and hiding are on the card, in the details and in collections', async () => {
  mark({ itemIds: [cat, dog], favourite: true });
  mark({ itemIds: [cat], rating: 5 });
  mark({ itemIds: [cat], addTags: ['  Lisbon ', 'lisbon', '고양이'] });
  mark({ itemIds: [dog], hidden: true });
  expect(card(cat)).toMatchObject({ favourite: true, rating: 5 });
  expect(details(cat)).toMatchObject({
    tags: ['Lisbon', '고양이'],
    hidden: false,
    metadata: { rating: null },
  });
  expect(details(dog)).toMatchObject({ hidden: true, favourite: true });
  expect(await within({ in: 'favourites' })).toEqual(['cat.jpg']);
  expect(await within({ in: 'hidden' })).toEqual(['dog.jpg']);
  expect(await within({ in: 'tag', name: 'LISBON' })).toEqual(['cat.jpg']);
  expect((await search({})).results.map(({ name }) => name)).toEqual(['sea.jpg', 'cat.jpg']);
  expect(decisions.collections()).toMatchObject({
    ...{ items: 2, favourites: 1, hidden: 1, kinds: [{ kind: 'picture', items: 2 }] },
    tags: [
      { name: 'Lisbon', items: 1 },
      { name: '고양이', items: 1 },
    ],
  });
});

test("a person's stars stand before the file's, until they are taken away", async () => {
  expect(card(dog)?.rating).toBe(2);
  mark({ itemIds: [dog], rating: 0 });
  expect(card(dog)?.rating).toBe(0);
  expect((await search({ text: 'rating:2' })).total).toBe(0);
  mark({ itemIds: [dog], rating: null });
  expect((await search({ text: 'rating:2' })).results).toMatchObject([{ name: 'dog.jpg', rating: 2 }]);
});

test('albums hold items, whole or in part, and are searched in', async () => {
  const album = decisions.createAlbum('Pets', [cat!]);
  decisions.putIntoAlbum(album.albumId, [cat!, dog!]);
  expect(decisions.collections().albums).toEqual([
    { albumId: album.albumId, name: 'Pets', items: 2, coverId: dog },
  ]);
  expect(await within({ in: 'album', albumId: album.albumId }, 'dog')).toEqual(['dog.jpg']);
  expect(await within({ in: 'album', albumId: album.albumId }, 'sea')).toEqual([]);
  expect(details(cat).albums).toEqual([{ albumId: album.albumId, name: 'Pets' }]);
  decisions.takeFromAlbum(album.albumId, [cat!]);
  decisions.renameAlbum(album.albumId, 'Dogs');
  expect(decisions.collections().albums).toMatchObject([{ name: 'Dogs', items: 1 }]);
  decisions.removeAlbum(album.albumId);
  expect(() => decisions.putIntoAlbum(album.albumId, [cat!])).toThrow(
    expect.objectContaining({ code: 'ALBUM_UNKNOWN' }),
  );
});

test('a toggle makes all favourites, or none where all of them are', () => {
  mark({ itemIds: [cat], favourite: true });
  mark({ itemIds: [cat, dog], favourite: 'toggle' });
  expect([card(cat)?.favourite, card(dog)?.favourite]).toEqual([true, true]);
  mark({ itemIds: [cat, dog], favourite: 'toggle' });
  expect([card(cat)?.favourite, card(dog)?.favourite]).toEqual([false, false]);
  mark({ itemIds: [cat, dog], addTags: ['Pets'] });
  mark({ itemIds: [cat], addTags: ['Cats'] });
  expect(decisions.tagsOf([cat!, dog!, sea!])).toEqual([
    { name: 'Cats', items: 1 },
    { name: 'Pets', items: 2 },
  ]);
});

test('every edit is taken back and done again, in order', () => {
  const states = [decisions.collections()];
  const edit = (work: () => void): void => {
    work();
    states.push(decisions.collections());
  };
  edit(() => mark({ itemIds: [cat, dog, sea], favourite: true, addTags: ['Best'] }));
  edit(() => decisions.createAlbum('Summer', [sea!, cat!]));
  edit(() => mark({ itemIds: [sea], addTags: ['Sea'], removeTags: ['Best'] }));
  edit(() => decisions.renameTag('sea', 'BEST'));
  edit(() => decisions.removeTag('best'));
  edit(() => decisions.saveSearch('Cats', 'cat rating:>=4'));
  edit(() => decisions.changeSearch({ ...decisions.collections().searches[0]!, name: 'All cats' }));
  edit(() => decisions.removeSearch(decisions.collections().searches[0]!.searchId));
  edit(() => decisions.removeAlbum(decisions.collections().albums[0]!.albumId));
  edit(() => mark({ itemIds: [cat], hidden: true }));
  for (const state of states.slice(0, -1).reverse()) {
    expect(decisions.undo()).not.toBeNull();
    expect(decisions.collections()).toEqual(state);
  }
  expect(decisions.undo()).toBeNull();
  for (const state of states.slice(1)) {
    expect(decisions.redo()).not.toBeNull();
    expect(decisions.collections()).toEqual(state);
  }
  expect(decisions.redo()).toBeNull();
  expect(decisions.next()).toMatchObject({ undo: { what: 'hide', items: 1 }, redo: null });
});

test('an edit that changes nothing is none, and a new one ends what could be redone', () => {
  mark({ itemIds: [cat], favourite: true });
  mark({ itemIds: [cat], favourite: true });
  mark({ itemIds: [], favourite: true });
  expect(changes).toBe(1);
  decisions.undo();
  mark({ itemIds: [dog], favourite: true });
  expect(decisions.next().redo).toBeNull();
  decisions.undo();
  expect(decisions.next()).toMatchObject({ undo: null, redo: { what: 'favourite' } });
});

test('a failed edit leaves nothing half done', () => {
  const { database } = library;
  const label = { what: 'tag', items: 1, name: 'a' } as const;
  const hash = database.items.hashes([cat!]);
  expect(() =>
    database.edits.make(label, () => {
      database.marks.addTag(hash, 'half');
      throw new Error('stopped');
    }),
  ).toThrow('stopped');
  expect(decisions.collections().tags).toEqual([]);
  expect(decisions.next().undo).toBeNull();
});

test('folders, kinds and what came lately are collections, too', async () => {
  const root = library.database.roots.all()[0]!.rootId;
  expect(decisions.folders(null)).toEqual([
    { rootId: root, path: '', name: 'Pictures', items: 3, hasFolders: true },
  ]);
  expect(decisions.folders({ rootId: root, path: '' })).toEqual([
    { rootId: root, path: 'pets', name: 'pets', items: 2, hasFolders: false },
    { rootId: root, path: 'trips', name: 'trips', items: 1, hasFolders: true },
  ]);
  expect(decisions.folders({ rootId: root, path: 'trips' })).toMatchObject([{ path: 'trips/2019' }]);
  expect(await within({ in: 'folder', rootId: root, path: 'trips' })).toEqual(['sea.jpg']);
  expect(await within({ in: 'folder', rootId: root, path: '' })).toHaveLength(3);
  expect(await within({ in: 'kind', kind: 'video' })).toEqual([]);
  expect(await within({ in: 'kind', kind: 'picture' }, 'dog')).toEqual(['dog.jpg']);
  expect(decisions.collections().recent).toBe(3);
});
