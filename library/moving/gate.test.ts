// Tests of what waits for a move: every procedure of the contract is on one side or the other, so that a new one is thought about.
import { expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import { requireStill } from './gate.ts';

/** Names of all procedures, such as `roots.add`. */
function namesIn(part: object, before: readonly string[] = []): string[][] {
  return '~orpc' in part
    ? [[...before]]
    : Object.entries(part).flatMap(([name, inner]) => namesIn(inner as object, [...before, name]));
}

const names = namesIn(contract);
const refused = (move: { running: boolean; switched: boolean }): string[] =>
  names
    .filter((path) => {
      try {
        requireStill(path, move);
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: 'LIBRARY_MOVING' });
        return true;
      }
    })
    .map((path) => path.join('.'))
    .toSorted();

const still = [
  ...['indexing.ignore', 'indexing.rescan', 'indexing.resume', 'indexing.retry'],
  ...['packs.import', 'packs.install', 'packs.remove', 'packs.use'],
  ...['roots.add', 'roots.remove', 'trash.move', 'upkeep.rebuild'],
];

it('nothing waits without a move', () => {
  expect(names.length).toBeGreaterThan(50);
  expect(refused({ running: false, switched: false })).toEqual([]);
});

it('while it copies, what changes the index, previews and packs waits, and nothing else', () => {
  expect(refused({ running: true, switched: false })).toEqual(still);
});

it('after the switch no decision is taken any more', () => {
  expect(refused({ running: false, switched: true })).toEqual(
    [
      ...still,
      ...['albums.create', 'albums.put', 'albums.remove', 'albums.rename', 'albums.take'],
      ...['decisions.mark', 'decisions.redo', 'decisions.removeTag', 'decisions.renameTag', 'decisions.undo'],
      ...['history.add', 'history.clear', 'history.remove', 'packs.setMirror', 'packs.stop'],
      ...['searches.change', 'searches.remove', 'searches.save', 'settings.set'],
    ].toSorted(),
  );
});
