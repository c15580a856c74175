// Runs under Vitest: nothing is exported that nobody imports.
import { expect, test } from 'vitest';
import { deadExportsOf, readSources } from './sources.ts';

/** What is started or read by a tool, and the contract, which faces of others may use. */
const isEntry = (path: string): boolean =>
  path.startsWith('contract/') ||
  !path.includes('/') ||
  path.endsWith('.d.ts') ||
  /\/migrations\//.test(path);

test('every exported value is named somewhere else', async () => {
  expect(deadExportsOf(await readSources(), isEntry)).toEqual([]);
});
