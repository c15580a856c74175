// Runs under Vitest: a moved folder of many pictures costs a look at each and nothing more.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallPictures, writePictures } from '../../hosts/bench/pictures.ts';
import { runCommandLine } from '../support/command-line.ts';

const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const PICTURES = enduring ? 500 : 30;
const TIMEOUT_MS = 1_200_000;
if (!enduring) console.log(`Moving ${PICTURES} pictures; AFTERIMAGE_ENDURANCE=1 moves 500.`);

let folder = '';
let root = '';
let library: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-move-'));
  root = join(folder, 'root');
  library = ['--library', join(folder, 'library')];
  await writePictures(smallPictures(), PICTURES, join(root, 'before'));
  const added = await runCommandLine(['add', root, ...library]);
  expect(added.lines.at(-1)).toMatchObject({ added: PICTURES, errors: 0 });
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  'every picture of a moved folder is moved, none is encoded again',
  async () => {
    renameSync(join(root, 'before'), join(root, 'after'));
    // Without models nothing can be encoded: whatever tried would be an error.
    writeFileSync(join(folder, 'no-folder'), '');
    const env = { ...process.env, AFTERIMAGE_BUILT_IN: join(folder, 'no-folder', 'models') };
    const moved = await runCommandLine(['index', ...library], { env });
    expect([moved.code, moved.errors]).toEqual([0, '']);
    expect(moved.lines.at(-1)).toMatchObject({
      ...{ event: 'done', moved: PICTURES, added: 0, changed: 0, removed: 0, unchanged: 0, errors: 0 },
    });
    const status = await runCommandLine(['status', ...library]);
    expect(status.lines[0]).toMatchObject({ items: PICTURES, moments: PICTURES, queue: 0, errors: 0 });
    const found = await runCommandLine(['search', 'in:after', '--limit', '5000', ...library]);
    expect(found.lines[0]).toMatchObject({ total: PICTURES });
  },
  TIMEOUT_MS,
);
