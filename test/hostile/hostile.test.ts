// Runs under Vitest: sixty files that are broken or mean harm, through the command line in a process of its own.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawCloth } from '../fixtures/scenes.ts';
import { render } from '../fixtures/render.ts';
import { runCommandLine, type Ended } from '../support/command-line.ts';
import { goodFiles, makeHostile, type HostileFile } from './make.ts';

/** Half a minute of decoding and looking on a small machine. */
const TIMEOUT_MS = 300_000;

/** A file is written to for so long; a run that reads it meanwhile must come to an end all the same. */
const CHANGES_MS = 2_500;

const onLinux = process.platform === 'linux';
/** What runs a program in a network namespace of its own, where there is no way out. Root needs no other identity. */
const namespace = ['unshare', process.getuid?.() === 0 ? '-n' : '-cn'];
const isolated = onLinux && spawnSync(namespace[0] ?? '', [...namespace.slice(1), 'true']).status === 0;
if (!isolated) console.log('Skipped: the network namespace, which needs Linux and the right to make one.');

describe.skipIf(!onLinux)('hostile files', () => {
  let folder = '';
  let files: HostileFile[] = [];
  let trap: Server;
  const trapped: string[] = [];
  let added: Ended;
  let errors: { path: string; step: string; code: string; reason: string }[] = [];
  let items: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'afterimage-hostile-'));
    trap = createServer((request, response) => {
      trapped.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    files = await makeHostile(pictures, `http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
    const library = ['--library', join(folder, 'library')];
    const stopChanging = changing(join(pictures, 'changing.jpg'), await render(drawCloth(300, 60, 4)));
    added = await runCommandLine(['add', pictures, ...library], {
      before: isolated ? namespace : [],
      imports: [new URL('./no-connections.ts', import.meta.url).href],
    });
    stopChanging();
    errors = (await runCommandLine(['errors', ...library])).lines[0]?.['errors'] as typeof errors;
    const all = await runCommandLine(['search', '--limit', '500', ...library]);
    items = (all.lines[0]?.['results'] as { path: string }[]).map((result) => result.path);
  }, TIMEOUT_MS);

  afterAll(() => {
    trap.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const failed = (name: string) => errors.filter((row) => row.path.endsWith(`/pictures/${name}`));
  const read = (name: string): boolean => items.some((path) => path.endsWith(`/pictures/${name}`));

  test('there are at least sixty of them', () => {
    expect(files.length + 1).toBeGreaterThanOrEqual(60);
  });

  test('the run comes to its end and says how many failed', () => {
    expect(added.errors).not.toContain('A CONNECTION WAS TRIED');
    expect(added.code).toBe(0);
    expect(added.lines.at(-1)).toMatchObject({ event: 'done', errors: errors.length });
  });

  test('the good ones among them are indexed', () => {
    for (const name of goodFiles) expect([name, read(name)]).toEqual([name, true]);
  });

  test('each becomes what it must: an item, or an error', () => {
    // What cannot be decoded is still found by its name: an item with a failed step has failed.
    const became = files.map(({ name, outcome }) => {
      const is = failed(name).length > 0 ? 'fails' : read(name) ? 'reads' : 'ignored';
      return { name, is: outcome === 'either' && is !== 'ignored' ? 'either' : is };
    });
    expect(became).toEqual(files.map(({ name, outcome }) => ({ name, is: outcome })));
  });

  test('a file that changes while it is read is in one of the two as well', () => {
    expect(read('changing.jpg') || failed('changing.jpg').length > 0).toBe(true);
  });

  test('every failure is a sentence with a code of the closed set, and none of them is ours', () => {
    for (const { path, code, reason } of errors) {
      expect([basename(path), reason]).toEqual([basename(path), expect.stringMatching(/^\S.{10,}\.$/s)]);
      expect([basename(path), code]).not.toEqual([basename(path), 'INTERNAL']);
    }
  });

  test('nothing was asked for from outside, and no name was run', () => {
    expect(trapped).toEqual([]);
    expect(readdirSync(process.cwd())).not.toContain('pwned');
    expect(readdirSync(folder).toSorted()).toEqual(['library', 'pictures']);
  });
});

/** Writes to a file ten times a second, the first time at once. */
function changing(path: string, jpeg: Buffer): () => void {
  writeFileSync(path, jpeg.subarray(0, jpeg.length / 2));
  const file = openSync(path, 'r+');
  let at = jpeg.length / 2;
  const timer = setInterval(() => {
    at += writeSync(file, jpeg, at % jpeg.length, Math.min(64, jpeg.length - (at % jpeg.length)), at);
  }, 100);
  const stop = setTimeout(() => clearInterval(timer), CHANGES_MS);
  return () => {
    clearInterval(timer);
    clearTimeout(stop);
    closeSync(file);
  };
}
