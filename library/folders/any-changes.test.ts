// Runs under Vitest: whatever is done to a folder, after a scan the table equals the disk.
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryLibrary } from '../../test/support/temporary-library.ts';

const name = fc.constantFrom('a.jpg', 'b.jpg', 'c.png', '가.jpg', 'x', 'y', '.z');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const change = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content: fc.string({ maxLength: 4 }) }),
  fc.record({ kind: fc.constant('remove' as const), path }),
  fc.record({ kind: fc.constant('move' as const), path, to: path }),
  fc.record({ kind: fc.constant('make' as const), path }),
  fc.record({ kind: fc.constant('scan' as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

test('after any writes, removals and moves the table of files equals the disk, and items moved along', async () => {
  const library = temporaryLibrary();
  const { folders, database, at, identifyAll, patterns } = library;
  let run = 0;
  const check = async (changes: Change[]): Promise<void> => {
    patterns.length = 0;
    run += 1;
    const base = at(`pics-${String(run)}`);
    const root = library.addRoot(`pics-${String(run)}`);
    for (const one of [...changes, { kind: 'scan' as const }]) {
      if (one.kind !== 'scan') {
        attempt(() => apply(base, one));
        continue;
      }
      const itemsByIdentity = new Map(
        database.files.ofRoot(root).map((row) => [keyOf(row), row.itemId] as const),
      );
      const counts = await folders.scan([root]);
      const disk = onDisk(base);
      const rows = database.files.ofRoot(root);
      expect(rows.map((row) => `${row.path} ${keyOf(row)}`).sort()).toEqual(disk);
      expect(counts.added + counts.changed + counts.moved + counts.unchanged).toBe(disk.length);
      // The same file as before, wherever it lies: the same item, and not to be identified again.
      for (const row of rows)
        if (row.itemId !== null && itemsByIdentity.has(keyOf(row)))
          expect(row.itemId).toBe(itemsByIdentity.get(keyOf(row)));
      expect(database.steps.waiting('identify')).toBe(counts.added + counts.changed);
      identifyAll();
    }
    database.files.removeRoot(root);
    database.roots.remove(root);
  };
  await fc.assert(fc.asyncProperty(fc.array(change, { maxLength: 25 }), check), { numRuns: 150 });
});

const keyOf = (row: { bytes: number; modifiedMs: number; identity: string }): string =>
  `${row.identity} ${String(row.bytes)} ${String(row.modifiedMs)}`;

function apply(base: string, one: Exclude<Change, { kind: 'scan' }>): void {
  const target = join(base, one.path);
  if (one.kind === 'remove') rmSync(target, { recursive: true });
  else if (one.kind === 'make') mkdirSync(target, { recursive: true });
  else if (one.kind === 'write') {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, one.content);
  } else {
    mkdirSync(dirname(join(base, one.to)), { recursive: true });
    renameSync(target, join(base, one.to));
  }
}

/** What the changes ask for may not be possible: a folder onto a file, nothing onto something. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    expect(error).toHaveProperty('code');
  }
}

/** Every visible picture below a folder, the plain way. */
function onDisk(base: string, below = ''): string[] {
  return readdirSync(join(base, below), { withFileTypes: true })
    .flatMap((entry) => {
      const here = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return onDisk(base, here);
      if (!/\.(jpg|png)$/.test(entry.name)) return [];
      const stats = lstatSync(join(base, here), { bigint: true });
      const identity = `${String(stats.dev)}:${String(stats.ino)}`;
      return [
        `${here} ${keyOf({ bytes: Number(stats.size), modifiedMs: Number(stats.mtimeNs) / 1e6, identity })}`,
      ];
    })
    .sort();
}
