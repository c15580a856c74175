// Runs under Vitest: the house stands as DESIGN has it: directions, packages, rings, size and first lines of files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { judgeImport } from './house.ts';
import { productPackages, testPackages, unimported } from './packages.ts';
import { projectFolder, readSources, ringsOf } from './sources.ts';

const MAX_LINES = 450;

const sources = await readSources();
const Names = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: Names, devDependencies: Names })
  .parse(JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')));
const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
const listed = [...Object.keys(productPackages), ...Object.keys(testPackages), ...Object.keys(unimported)];

test('the project has sources to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
});

test('every import keeps to the directions of the house and to the inventory of packages', () => {
  const wrong = sources.flatMap((source) =>
    source.imports.map(judgeImport).filter((sentence) => sentence !== null),
  );
  expect(wrong).toEqual([]);
});

test('no files import each other in a ring', () => {
  expect(ringsOf(sources).map((ring) => ring.join(' -> '))).toEqual([]);
});

test('every dependency is listed with where it is imported', () => {
  const typesOnly = (name: string): boolean => name.startsWith('@types/');
  expect(installed.filter((name) => !typesOnly(name) && !listed.includes(name))).toEqual([]);
});

test('every listed package is a dependency, once', () => {
  expect(listed.filter((name) => !installed.includes(name))).toEqual([]);
  expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
});

test('every listed package is imported from where the list says', () => {
  const imported = new Set(sources.flatMap((source) => source.imports.map((one) => one.specifier)));
  const isImported = (name: string): boolean =>
    [...imported].some((specifier) => specifier === name || specifier.startsWith(`${name}/`));
  const product = Object.keys(productPackages).concat(Object.keys(testPackages));
  expect(product.filter((name) => !isImported(name))).toEqual([]);
  const modules = Object.values({ ...productPackages, ...testPackages }).flatMap((place) =>
    typeof place === 'string' ? [place] : [],
  );
  expect(modules.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
});

test('every dependency has its sentence in docs/dependencies.md', () => {
  const text = readFileSync(join(projectFolder, 'docs', 'dependencies.md'), 'utf8');
  expect(installed.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('every dependency is pinned to one version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('every file says in its first line where it runs and whom it serves', () => {
  const firstLine = (text: string): string => text.replace(/^#!.*\n/, '').split('\n', 1)[0] ?? '';
  const silent = sources.filter((source) => !/^\/\/ \S.{20,}/.test(firstLine(source.text)));
  expect(silent.map((source) => source.path)).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = sources.filter((source) => source.text.split('\n').length > MAX_LINES + 1);
  expect(long.map((source) => source.path)).toEqual([]);
});
