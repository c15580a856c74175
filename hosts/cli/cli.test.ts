// Runs under Vitest: the command line as a process of its own, from its entry, over generated pictures.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const entry = join(import.meta.dirname, '..', '..', 'bin', 'afterimage.js');

let folder = '';
let pictures = '';
let library = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterimage-cli-'));
  pictures = join(folder, 'pictures');
  library = join(folder, 'library');
  await makePictures(pictures, 3, 64);
});
afterAll(() => rm(folder, { recursive: true, maxRetries: 3 }));

/** Noise of one main colour each, so that no two are alike. */
async function makePictures(to: string, count: number, edge: number): Promise<void> {
  await mkdir(to, { recursive: true });
  for (let index = 0; index < count; index++) {
    const background = { r: (index * 67) % 256, g: (index * 151) % 256, b: (index * 29) % 256 };
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const grain = await sharp({ create: { width: edge, height: edge, channels: 3, background, noise } })
      .png()
      .toBuffer();
    await sharp({ create: { width: edge, height: edge, channels: 3, background } })
      .composite([{ input: grain, blend: 'overlay' }])
      .jpeg()
      .toFile(join(to, `picture-${index}.jpg`));
  }
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Settles when stdout holds a text. */
  says(text: string): Promise<void>;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{
        LC_ALL: 'en_GB.UTF-8',
        AFTERIMAGE_LIBRARY: library,
        AFTERIMAGE_BUILT_IN: join(folder, 'built-in'),
      },
      ...env,
    },
  });
  let out = '';
  let err = '';
  const waiting: { text: string; resolve: () => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
    for (const { text, resolve } of waiting) if (out.includes(text)) resolve();
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  const says = (text: string): Promise<void> =>
    Promise.race([
      new Promise<void>((resolve) => {
        if (out.includes(text)) resolve();
        else waiting.push({ text, resolve });
      }),
      ended.then(() => {
        throw new Error(`It ended without saying ${text}: ${out} ${err}`);
      }),
    ]);
  return { child, ended, says };
}
const run = (...args: string[]): Promise<Ended> => start(args).ended;
const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('how it is used', () => {
  test('help of every command tells what it is for and gives an example, without a library', async () => {
    const all = await run('--help');
    expect(all).toMatchObject({ code: 0, err: '' });
    const names = [...all.out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
    expect(names).toEqual(
      expect.arrayContaining(['add', 'index', 'search', 'packs', 'serve', 'eval', 'bench']),
    );
    for (const name of ['search', 'serve', 'show']) {
      const { code, out } = await run(name, '--help');
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(out).toMatch(/Example:\n {2}afterimage /);
    }
  });

  test.each([
    [[], 'Say what to do.'],
    [['serach'], '“serach”'],
    [['add'], '“dir” is missing'],
    [['search', '--kind', 'smell'], 'picture, video, audio'],
    [['search', '--limit', '0'], '1 … 5000'],
    [['search', '--limit'], 'A value is missing'],
    [['search', '--colour', 'red'], '“--colour”'],
    [['search', 'cat', '-l', '3'], '“-l”'],
    [['roots', 'too', 'many'], 'too many arguments'],
    [['packs', 'paint'], '“paint”'],
  ])('%j is wrong use: exit code 2, said on stderr', async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  test('it speaks Korean to who reads Korean', async () => {
    const { out } = await start(['search', '--help'], { LC_ALL: 'ko_KR.UTF-8' }).ended;
    expect(out).toMatch(/^사용법:/);
    expect(out).toContain('공통 옵션:');
  });
});

describe('with a library', () => {
  test('a minus before a word is the query language, not an option', async () => {
    const { code, out } = await run('search', 'cat', '-dog', '--limit', '2', '--json');
    expect(code).toBe(0);
    expect(lines(out)[0]).toMatchObject({ query: 'cat -dog', plan: { excluded: ['dog'] } });
  });

  test('folders are added, indexed once, searched, and forgotten', async () => {
    const first = await run('add', pictures, '--json');
    expect(first.code).toBe(0);
    const events = lines(first.out);
    expect(events.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true);
    expect(events.at(-1)).toMatchObject({ event: 'done', added: 3, unchanged: 0, errors: 0 });
    expect(events.at(-1)?.['seconds']).toBeTypeOf('number');

    const again = await run('add', pictures, '--json');
    expect(lines(again.out).at(-1)).toMatchObject({ event: 'done', added: 0, changed: 0, unchanged: 3 });
    expect((await run('index')).out).toContain('3 unchanged');

    const [status] = lines((await run('status', '--json')).out);
    expect(status).toMatchObject({ items: 3, moments: 3, queue: 0, errors: 0 });
    expect(lines((await run('errors', '--json')).out)).toEqual([{ errors: [] }]);
    const [listed] = lines((await run('roots', '--json')).out);
    expect(listed).toMatchObject({ roots: [{ files: 3, state: 'present' }] });

    const [everything] = lines((await run('search', '--json', '--limit', '2')).out);
    expect(everything).toMatchObject({ query: '', total: 3, nearest: [] });
    const results = everything?.['results'] as Record<string, unknown>[];
    expect(results).toHaveLength(2);
    expect(Object.keys(results[0] ?? {}).toSorted()).toEqual(
      ['itemId', 'kind', 'moments', 'path', 'relevance', 'why'].toSorted(),
    );

    const like = join(pictures, 'picture-1.jpg');
    const [alike] = lines((await run('search', '--json', '--image', like)).out);
    expect((alike?.['results'] as { path: string; relevance: number }[])[0]).toMatchObject({
      path: like,
      relevance: 1,
    });

    // Reasons are in the person's language; JSON stays as it is, for programs.
    const asked = ['search', '--all', 'green'];
    expect((await run(...asked)).out).toMatch(/green \d+ %/);
    expect((await start(asked, { LC_ALL: 'ko_KR.UTF-8' }).ended).out).toMatch(/초록 \d+ %/);
    const json = await start([...asked, '--json'], { LC_ALL: 'ko_KR.UTF-8' }).ended;
    expect(json.out).toMatch(/green \d+ %/);

    const nonsense = await run('search', 'zxqv submarine');
    expect(nonsense.code).toBe(0);
    expect(nonsense.out).toContain('Nothing matches “zxqv submarine”.');
    expect(nonsense.err).toContain('does not know “submarine”');

    const [byPath] = lines((await run('show', like, '--json')).out);
    const [byId] = lines((await run('show', String(byPath?.['itemId']), '--json')).out);
    expect(byId).toEqual(byPath);
    expect(byPath).toMatchObject({ path: like, kind: 'picture', width: 64, height: 64 });

    const before = await readdir(pictures);
    expect(lines((await run('remove', pictures, '--json')).out)).toEqual([{ removed: 3 }]);
    expect(await readdir(pictures)).toEqual(before);
    expect(lines((await run('status', '--json')).out)[0]).toMatchObject({ items: 0 });
  });

  test.each([
    [['add', '/no/such/folder'], 'FOLDER_NOT_FOUND'],
    [['remove', '/no/such/folder'], 'ROOT_UNKNOWN'],
    [['show', '999999'], 'ITEM_UNKNOWN'],
    [['search', '--image', '/no/such/picture.jpg'], 'QUERY_IMAGE_UNREADABLE'],
    [['packs', 'install', 'any'], 'PACK_UNKNOWN'],
    [['packs', 'use', '../any'], 'PACK_UNKNOWN'],
    [['packs', 'import', '/no/such/folder'], 'PACK_'],
  ])('%j fails: exit code 1, a sentence and a code on stderr, nothing on stdout', async (args, failure) => {
    const { code, out, err } = await run(...args, '--json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^[A-Z/].+\. .*\(/);
    expect(err).toContain(failure);
  });

  test('what this machine can do is told in rows', async () => {
    const [{ rows } = {}] = lines((await run('doctor', '--json')).out);
    expect((rows as { what: string; ok: boolean }[]).length).toBeGreaterThan(3);
    const [{ packs } = {}] = lines((await run('packs', 'list', '--json')).out);
    expect(packs).toContainEqual(expect.objectContaining({ packId: 'built-in', active: true }));
  });

  test('who reads only the first line ends it in order', async () => {
    const running = start(['search', '--help']);
    running.child.stdout?.destroy();
    expect((await running.ended).code).toBe(0);
  });
});

describe('while it runs', () => {
  test('Ctrl-C stops indexing within a second with code 130, and the next run goes on', async () => {
    const many = join(folder, 'many');
    const own = { AFTERIMAGE_LIBRARY: join(folder, 'interrupted') };
    await makePictures(many, 12, 512);
    const running = start(['add', many, '--json'], own);
    await running.says('"total":');
    const startMs = performance.now();
    running.child.kill('SIGINT');
    const { code, out } = await running.ended;
    expect(code).toBe(130);
    expect(performance.now() - startMs).toBeLessThan(2_000);
    expect(out).not.toContain('"done","added"');
    expect(lines((await start(['index', '--json'], own).ended).out).at(-1)).toMatchObject({ errors: 0 });
    const [status] = lines((await start(['status', '--json'], own).ended).out);
    expect(status).toMatchObject({ items: 12, queue: 0 });
  });

  test('the host is found at its address; a second process is refused with code 3; SIGTERM ends it', async () => {
    const host = start(['serve', '--json']);
    await host.says('\n');
    const second = await run('status', '--json');
    expect({ code: second.code, out: second.out }).toEqual({ code: 3, out: '' });
    expect(second.err).toContain('LIBRARY_IN_USE');
    host.child.kill('SIGTERM');
    const { code, out } = await host.ended;
    expect(code).toBe(130);
    const said = lines(out);
    expect(said).toHaveLength(1);
    expect(said[0]?.['url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect((await run('status', '--json')).code).toBe(0);
  });

  test('the log tells neither what was searched nor what a file is called', async () => {
    const log = await readFile(join(library, 'logs', 'afterimage.log'), 'utf8');
    expect(log).toContain('library open');
    expect(log).not.toMatch(/submarine|picture-\d/);
  });
});
