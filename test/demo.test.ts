// Runs under Vitest: the demo's pictures through the whole engine; what it suggests must find what it says.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine, type Engine } from '../hosts/open-engine.ts';
import { clientOf, type EngineClient } from '../hosts/rpc.ts';
import { demoPictures, demoQueries, drawDemo } from './fixtures/demo-library.ts';

let folder = '';
let engine: Engine;
let client: EngineClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-demo-'));
  await drawDemo(join(folder, 'pictures'));
  engine = await openEngine({ folder: join(folder, 'library'), holder: 'a test', watch: false });
  client = clientOf(engine.library.router);
  await client.roots.add({ path: join(folder, 'pictures') });
  await engine.library.index();
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

test('every drawn picture becomes an item, none fails', async () => {
  expect(await client.status()).toMatchObject({ items: demoPictures.length, queue: 0, errors: 0 });
  expect(demoPictures).toHaveLength(24);
});

for (const { en, ko, first } of demoQueries)
  for (const query of [en, ko])
    test(`"${query}" finds ${first.join(' or ') || 'nothing'}`, async () => {
      const answer = await client.search.find({ text: query });
      if (first.length === 0) {
        expect(answer.results).toEqual([]);
        expect(answer.plan.unknown.length).toBeGreaterThan(0);
      } else {
        const path = answer.results[0]?.path.slice(join(folder, 'pictures').length + 1).replaceAll('\\', '/');
        expect(first).toContain(path);
      }
    });

test('drawing again draws nothing', async () => {
  expect(await drawDemo(join(folder, 'pictures'))).toBe(0);
});
