// Runs under Vitest: the architecture tests can fail: each rule against a file that breaks it.
import { describe, expect, test } from 'vitest';
import { judgeImport } from './house.ts';
import { deadExportsOf, parseSource, ringsOf } from './sources.ts';

const judge = (from: string, specifier: string, typeOnly = false): string | null =>
  judgeImport({ from, specifier, typeOnly });

describe('directions', () => {
  test.each([
    ['contract/ids.ts', '../library/ports.ts'],
    ['library/library.ts', '../native-models/runtime/model-runtime.ts'],
    ['library/search/plan.ts', '../../hosts/log.ts'],
    ['renderer/app.tsx', '../library/library.ts'],
    ['preload/preload.ts', '../main/window.ts'],
    ['main/main.ts', '../hosts/utility.ts'],
    ['hosts/cli/main.ts', '../../main/window.ts'],
    ['native-models/built-in/encoder.ts', '../../library/ports.ts'],
    ['library/media/heic.ts', '../../test/pictures.ts'],
  ])('%s may not import %s', (from, specifier) => {
    expect(judge(from, specifier)).toContain(`${from} imports`);
  });

  test('a page takes in no schemas, which would bring their library along', () => {
    expect(judge('renderer/app.tsx', '../contract/ids.ts')).toContain('a page takes in types');
    expect(judge('renderer/app.tsx', '../contract/ids.ts', true)).toBeNull();
    expect(judge('renderer/app.tsx', '../contract/layout.ts')).toBeNull();
  });

  test('imports along the directions are fine', () => {
    expect(judge('library/library.ts', '../contract/index.ts')).toBeNull();
    expect(judge('library/search/plan.ts', '../database/items.ts')).toBeNull();
    expect(judge('hosts/cli/main.ts', '../../library/library.ts')).toBeNull();
    expect(judge('library/media/heic.test.ts', '../../test/pictures.ts')).toBeNull();
  });

  test('native-models may take the types of the ports and of nothing else', () => {
    expect(judge('native-models/a.ts', '../library/ports.ts', true)).toBeNull();
    expect(judge('native-models/a.ts', '../library/library.ts', true)).not.toBeNull();
  });
});

describe('packages', () => {
  test('a package of weight is refused outside its module', () => {
    expect(judge('library/search/plan.ts', 'better-sqlite3')).toContain('belongs into library/database/');
    expect(judge('library/search/plan.ts', 'sharp')).toContain('belongs into library/media/');
  });

  test('electron is refused outside the shell, in tests and as a type too', () => {
    expect(judge('hosts/utility.ts', 'electron')).toContain('belongs into main/, preload/');
    expect(judge('hosts/utility.ts', 'electron', true)).toContain('belongs into main/, preload/');
    expect(judge('hosts/utility.test.ts', 'electron')).not.toBeNull();
    expect(judge('main/window.ts', 'electron')).toBeNull();
  });

  test('a package that is not listed is refused, scoped and by a path inside it', () => {
    expect(judge('library/library.ts', 'left-pad')).toContain('does not list');
    expect(judge('library/library.ts', '@scope/left-pad/sub.js')).toContain('imports @scope/left-pad,');
  });

  test('a page has no Node, and built-ins are written with node:', () => {
    expect(judge('renderer/app.tsx', 'node:fs')).toContain('a page has no Node');
    expect(judge('library/library.ts', 'fs')).toContain('without node:');
  });
});

describe('reading sources', () => {
  test('every form of import is seen, with whether only types are meant', () => {
    const source = parseSource(
      'library/a.ts',
      `import './x.ts';
       import type { B } from './b.ts';
       import { type C } from './c.ts';
       import d, { e as f, type G } from './d.ts';
       export * from './h.ts';
       const later = () => import('./i.ts');
       type J = import('./j.ts').J;`,
    );
    expect(source.imports.map((one) => [one.specifier, one.typeOnly, one.names])).toEqual([
      ['./x.ts', false, []],
      ['./b.ts', true, ['B']],
      ['./c.ts', true, ['C']],
      ['./d.ts', false, ['default', 'e', 'G']],
      ['./h.ts', false, ['*']],
      ['./i.ts', false, ['*']],
      ['./j.ts', true, ['*']],
    ]);
  });

  test('a package that is required or resolved is seen like one that is imported', () => {
    const source = parseSource(
      'library/a.ts',
      `const a = createRequire(import.meta.url)('a/wasm') as A;
       const b = require('b'), c = require.resolve('c'), d = import.meta.resolve('d');
       const e = createRequire(import.meta.url).resolve('e');
       Promise.resolve('none'); path.resolve('none');`,
    );
    expect(source.imports.map((one) => one.specifier).sort()).toEqual(['a/wasm', 'b', 'c', 'd', 'e']);
  });

  test('a ring is found, and a ring of types is none', () => {
    const a = parseSource('library/a.ts', `import { b } from './b.ts';`);
    const b = parseSource('library/b.ts', `import { a } from './c/a.ts';`);
    const c = parseSource('library/c/a.ts', `export { a } from '../a.ts';`);
    expect(ringsOf([a, b, c])).toEqual([['library/a.ts', 'library/b.ts', 'library/c/a.ts', 'library/a.ts']]);
    const types = parseSource('library/c/a.ts', `import type { a } from '../a.ts';`);
    expect(ringsOf([a, b, types])).toEqual([]);
  });

  test('a dead export is found, one that another file or its own names is not', () => {
    const a = parseSource(
      'library/a.ts',
      'export const used = 1, dead = 2; export function gone() {} export const own = () => own;',
    );
    const b = parseSource('library/b.ts', `import { used } from './a.ts';`);
    expect(deadExportsOf([a, b], () => false)).toEqual(['library/a.ts: dead', 'library/a.ts: gone']);
    expect(deadExportsOf([a, b], (path) => path === 'library/a.ts')).toEqual([]);
  });
});
