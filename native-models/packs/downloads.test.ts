// Runs under Vitest: downloading packs from a server on loopback that does all that networks do.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PackDownload } from '../../contract/index.ts';
import { type Offered, offerPack } from '../../test/support/offered-pack.ts';
import { type RoughServer, startRoughServer } from '../../test/support/rough-server.ts';
import { CATALOGUE_FOLDER, readCatalogue } from './catalogue.ts';
import { createDownloads } from './downloads.ts';
import { fetchFile, PART } from './fetch-file.ts';
import { PackStore } from './pack-store.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
let folder: string;
let root: string;
let server: RoughServer;
let offered: Offered;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'downloads-'));
  root = join(folder, 'packs');
  server = await startRoughServer();
  offered = offerPack(server, join(folder, 'catalogue'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function open() {
  const store = new PackStore(root, log);
  return createDownloads({ store, root, catalogue: offered.catalogue, log });
}

/** Runs a download to its end. @returns null once the pack is there; else how it was left */
async function install(downloads = open()): Promise<PackDownload | null> {
  const ended = Promise.withResolvers<undefined>();
  downloads.onChange(() => {
    void downloads.states().then((states) => {
      if (states.every((state) => state.state !== 'running')) ended.resolve(undefined);
    });
  });
  await downloads.start(offered.packId, server.origin);
  await ended.promise;
  return (await downloads.states())[0] ?? null;
}

/** The pack is right to the last byte, or there is no pack of its name at all. */
async function expectRight(): Promise<void> {
  const { ok } = await new PackStore(root, log).verify(offered.packId);
  expect(ok).toBe(true);
  expect(await readdir(root)).toEqual([offered.packId]);
}
const expectAbsent = (): void => expect(existsSync(join(root, offered.packId))).toBe(false);

describe('a download', () => {
  test('brings a pack, and the store has it', async () => {
    expect(await install()).toBeNull();
    await expectRight();
    expect((await open().offers(null))[0]?.installed).toBe('1');
  });

  test('from a server that drops the connection at every tenth goes on where it was', async () => {
    server.dropsEachTenth = true;
    expect(await install()).toBeNull();
    await expectRight();
    const ranges = server.requests
      .filter(({ path }) => path.endsWith('image.onnx'))
      .map(({ range }) => range);
    // At least: what was still on its way when the connection went is asked for again.
    expect(ranges.length).toBeGreaterThanOrEqual(10);
    expect(ranges[0]).toBeNull();
    expect(ranges.slice(1).every((range) => range !== null)).toBe(true);
  });

  test('from a server that ignores ranges begins anew and is right', async () => {
    Object.assign(server, { pace: { bytes: 50_000, pauseMs: 10 } });
    await stopHalfway();
    Object.assign(server, { ignoresRanges: true, pace: null });
    expect(await install()).toBeNull();
    expect(server.requests.some(({ range }) => range !== null)).toBe(true);
    await expectRight();
  });

  test.each([-1000, 1000])('from a server that lies about the length by %i is refused', async (lie) => {
    server.lengthLie = lie;
    const left = await install();
    expect(left).toMatchObject({ state: 'failed', failure: { code: 'PACK_FILE_DAMAGED' } });
    expect(left?.failure?.reason).toMatch(
      /^The server offers \d+ bytes of image\.onnx; the manifest lists 1000003\.$/,
    );
    expectAbsent();
  });

  test('that is longer than listed, without saying so, is thrown away', async () => {
    server.surplus = 5;
    expect((await install())?.failure?.reason).toContain('longer at the server');
    expectAbsent();
    server.surplus = 0;
    expect(await install()).toBeNull();
    await expectRight();
  });

  test('of wrong bytes is never used, and a later one begins anew', async () => {
    server.sendsWrongBytes = true;
    const left = await install();
    expect(left?.failure).toMatchObject({ code: 'PACK_FILE_DAMAGED' });
    expect(left?.failure?.reason).toContain('another content than the manifest lists');
    expectAbsent();
    server.sendsWrongBytes = false;
    expect(await install()).toBeNull();
    await expectRight();
  });

  test('that leads to a foreign host asks nothing of it', async () => {
    const foreign = await startRoughServer();
    server.redirect = foreign.origin;
    const left = await install();
    await foreign.close();
    expect(left?.failure?.code).toBe('PACK_HOST_REFUSED');
    expect(left?.failure?.reason).toContain('does not name');
    expect(foreign.requests).toEqual([]);
    expectAbsent();
  });

  test('that leads to an insecure address elsewhere is refused even where the host is named', async () => {
    server.redirect = 'http://models.example.org';
    expect((await install())?.failure?.reason).toContain('not a secure address');
  });

  test('from a server that has it not, or is ill, says so', async () => {
    server.status = 404;
    expect((await install())?.failure?.reason).toMatch(/does not give image\.onnx \(it answered 404\)/);
    expectAbsent();
  });

  test('says a full disk in words, keeps what it has, and goes on when there is room', async () => {
    let room = 300_000;
    const probe = await import('node:fs/promises').then((fs) => fs.open(join(folder, 'probe'), 'w'));
    const handles = Object.getPrototypeOf(probe) as { write: (...args: unknown[]) => Promise<unknown> };
    await probe.close();
    const write = handles.write;
    vi.spyOn(handles, 'write').mockImplementation(async function (this: unknown, ...args: unknown[]) {
      const chunk = args[0] as Buffer;
      if (chunk.length > room) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      room -= chunk.length;
      return write.apply(this, args);
    });
    Object.assign(server, { pace: { bytes: 60_000, pauseMs: 1 } });
    const left = await install();
    expect(left?.failure).toMatchObject({
      code: 'DISK_FULL',
      reason: 'The download stopped: the disk is full.',
    });
    expect(left?.doneBytes).toBeGreaterThan(100_000);
    expectAbsent();
    room = Infinity;
    expect(await install()).toBeNull();
    expect(server.requests.some(({ range }) => range !== null)).toBe(true);
    await expectRight();
  });

  test('is not begun where there is no room for it', async () => {
    const disk = await import('./disk.ts');
    vi.spyOn(disk, 'freeBytes').mockResolvedValue(1000);
    await expect(open().start(offered.packId, server.origin)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(server.requests).toEqual([]);
  });

  test('that was stopped is gone on with by the next start of the app', async () => {
    Object.assign(server, { pace: { bytes: 50_000, pauseMs: 10 } });
    const left = await stopHalfway();
    expect(left).toMatchObject({ state: 'stopped', totalBytes: 1_200_006 });
    const asked = server.requests.length;
    server.pace = null;
    expect(await install()).toBeNull();
    expect(server.requests[asked]?.range).toBe(`bytes=${String(left?.doneBytes)}-`);
    await expectRight();
  });

  test('whose part was damaged meanwhile is made anew once', async () => {
    Object.assign(server, { pace: { bytes: 50_000, pauseMs: 10 } });
    await stopHalfway();
    server.pace = null;
    const part = join(root, '.download-offered@1', `onnx/image.onnx${PART}`);
    await writeFile(part, Buffer.alloc(100_000));
    expect(await install()).toBeNull();
    await expectRight();
  });

  test('that is thrown away leaves nothing', async () => {
    Object.assign(server, { pace: { bytes: 50_000, pauseMs: 10 } });
    const downloads = open();
    await downloads.start(offered.packId, server.origin);
    await downloads.stop(offered.packId, false);
    expect(await downloads.states()).toEqual([]);
    expect(await readdir(root)).toEqual([]);
  });

  async function stopHalfway(): Promise<PackDownload | undefined> {
    const downloads = open();
    const halfway = Promise.withResolvers<undefined>();
    downloads.onChange(() => {
      void downloads.states().then((states) => {
        if ((states[0]?.doneBytes ?? 0) > 400_000) halfway.resolve(undefined);
      });
    });
    await downloads.start(offered.packId, server.origin);
    await halfway.promise;
    await downloads.close();
    return (await open().states())[0];
  }
});

describe('one file', () => {
  test('goes through a proxy where one is set', async () => {
    // In a process of its own: Node reads the variables when an agent is made.
    const { execFile } = await import('node:child_process');
    const content = Buffer.from('through a proxy');
    server.files.set('/file', content);
    const module = new URL('./fetch-file.ts', import.meta.url).href;
    const order = {
      ...{ url: 'http://localhost:9/file', to: join(folder, 'file'), bytes: content.length },
      ...{ sha256: createHash('sha256').update(content).digest('hex'), hosts: ['localhost:9'] },
    };
    const script = `import { fetchFile } from '${module}';
      await fetchFile({ ...${JSON.stringify(order)}, signal: new AbortController().signal, onBytes() {} });`;
    await new Promise<void>((resolve, reject) => {
      const env = { ...process.env, HTTP_PROXY: server.origin, NO_PROXY: '', http_proxy: '', no_proxy: '' };
      execFile(process.execPath, ['--input-type=module', '-e', script], { env }, (error) =>
        error === null ? resolve() : reject(new Error(error.message)),
      );
    });
    expect(await readFile(join(folder, 'file'))).toEqual(content);
  });

  test('gives up after tries that brought nothing, in a sentence, and keeps the part', async () => {
    server.files.set('/file', Buffer.alloc(1000, 1));
    const to = join(folder, 'file');
    await writeFile(to + PART, Buffer.alloc(500, 1));
    server.status = 503;
    const order = {
      ...{
        url: `${server.origin}/file`,
        to,
        bytes: 1000,
        sha256: 'a'.repeat(64),
        hosts: [new URL(server.origin).host],
      },
      ...{ signal: new AbortController().signal, onBytes() {}, firstWaitMs: 1 },
    };
    await expect(fetchFile(order)).rejects.toMatchObject({
      code: 'PACK_DOWNLOAD_FAILED',
      message: 'The download of file stopped: the server answered 503.',
    });
    expect(server.requests.length).toBe(5);
    expect((await readFile(to + PART)).length).toBe(500);
    await truncate(to + PART, 0);
  });
});

test('the catalogue of the app is in order, and its hosts are named for every base', async () => {
  const entries = await readCatalogue(CATALOGUE_FOLDER);
  const ids = entries.map(({ manifest }) => manifest.id as string);
  expect(ids).toEqual(
    expect.arrayContaining([
      'clip-vit-b32',
      'siglip2-base',
      'tinyclip',
      'whisper-base',
      'whisper-small',
      'whisper-tiny',
    ]),
  );
  for (const { base, hosts } of entries) expect(hosts).toContain(new URL(base).host);
});
