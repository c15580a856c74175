// Runs under Vitest: `move` as a process of its own: there and back, interrupted, refused, and away.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandLine, startCommand } from '../../test/support/command-line.ts';
import { writePicture } from '../../test/support/picture-folder.ts';
import { temporaryFolder } from '../../test/support/temporary-library.ts';

let base = '';
let library = '';
const finished: (() => void | Promise<void>)[] = [];
const run = (...args: string[]) => runCommandLine([...args, '--library', library]);

beforeAll(async () => {
  base = temporaryFolder((work) => void finished.push(work));
  library = join(base, 'library');
  await writePicture(join(base, 'pictures', 'lighthouse.jpg'), 'red');
  const added = await run('add', join(base, 'pictures'));
  expect(added.lines.at(-1)).toMatchObject({ event: 'done', added: 1, errors: 0 });
});
afterAll(async () => {
  for (const work of finished) await work();
});

test('moves, tells how far it is, and is opened by the old name from then on', async () => {
  const to = join(base, 'disk', 'Afterimage');
  const moved = await run('move', to);
  expect([moved.code, moved.errors]).toEqual([0, '']);
  expect(moved.lines[0]).toMatchObject({ event: 'progress' });
  const { bytes, seconds, ...done } = moved.lines.at(-1)!;
  expect(done).toEqual({ event: 'done', from: library, to });
  expect(bytes).toBeGreaterThan(10_000);
  expect(seconds).toBeGreaterThan(0);
  expect(readdirSync(library)).toEqual(['moved-to.json']);
  const found = await run('search', 'lighthouse');
  expect(found.lines[0]).toMatchObject({ total: 1 });
  expect((await run('status')).lines[0]).toMatchObject({ library: to, queue: 0 });
  expect(readdirSync(library)).toEqual(['moved-to.json']);
});

test('a disk that is away is said with code 1, and comes back whole', async () => {
  renameSync(join(base, 'disk'), join(base, 'drawer'));
  const away = await run('search', 'lighthouse');
  expect(away.code).toBe(1);
  expect(away.errors).toContain(join(base, 'disk', 'Afterimage'));
  expect(away.errors).toContain('LIBRARY_AWAY');
  expect([readdirSync(library), existsSync(join(base, 'disk'))]).toEqual([['moved-to.json'], false]);
  renameSync(join(base, 'drawer'), join(base, 'disk'));
  expect((await run('search', 'lighthouse')).lines[0]).toMatchObject({ total: 1 });
});

test('is refused with a sentence where it cannot be', async () => {
  mkdirSync(join(base, 'full'));
  writeFileSync(join(base, 'full', 'letter.txt'), '');
  for (const [to, code] of [
    [join(base, 'full'), 'FOLDER_NOT_EMPTY'],
    [join(base, 'pictures', 'library'), 'FOLDER_WATCHED'],
    [join(base, 'disk', 'Afterimage'), 'FOLDER_IN_LIBRARY'],
  ] as const) {
    const refused = await run('move', to);
    expect([refused.code, refused.lines]).toEqual([1, []]);
    expect(refused.errors).toContain(code);
  }
  expect((await runCommandLine(['move', '--library', library])).code).toBe(2);
});

const small = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=2m none "$0" && exec "$@"'];
const canMount = (): boolean => {
  const [program = '', ...args] = small;
  mkdirSync(join(base, 'probe'), { recursive: true });
  return spawnSync(program, [...args, join(base, 'probe'), 'true']).status === 0;
};

test('a disk that is too small is said with how much is missing', async (context) => {
  const stick = join(base, 'stick');
  mkdirSync(stick);
  if (!canMount()) context.skip();
  const refused = await runCommandLine(['move', join(stick, 'Afterimage'), '--library', library], {
    before: [...small, stick],
  });
  expect(refused.code).toBe(1);
  expect(refused.errors).toMatch(/room for 2\.\d MB more, and the library needs .* MB: .* MB are missing\./);
  expect((await run('search', 'lighthouse')).lines[0]).toMatchObject({ total: 1 });
});

test('Ctrl-C amid copying leaves the library where it is, and the next try comes through', async () => {
  const from = join(base, 'disk', 'Afterimage');
  // A download that was left off is copied, also on one disk.
  mkdirSync(join(from, 'packs', '.left-off'), { recursive: true });
  writeFileSync(join(from, 'packs', '.left-off', 'model.onnx'), '');
  truncateSync(join(from, 'packs', '.left-off', 'model.onnx'), 600_000_000);
  const to = join(base, 'other');
  const { child, ended } = startCommand(['move', to, '--library', library]);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.kill('SIGINT');
  const stopped = await ended;
  expect(stopped.code).toBe(130);
  expect(stopped.lines.some(({ event }) => event === 'done')).toBe(false);
  const found = await run('search', 'lighthouse');
  expect(found.lines[0]).toMatchObject({ total: 1 });
  expect((await run('status')).lines[0]).toMatchObject({ library: from });
  rmSync(join(from, 'packs', '.left-off'), { recursive: true });
  const moved = await run('move', to, '--keep');
  expect(moved.lines.at(-1)).toMatchObject({ event: 'done', from, to });
  expect(readdirSync(from)).toEqual(expect.arrayContaining(['library.db', 'moved-to.json']));
  expect((await run('status')).lines[0]).toMatchObject({ library: to });
});
