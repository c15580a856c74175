// Runs under Vitest: importing, verifying and removing packs, on real folders.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PackId } from '../../contract/index.ts';
import type { Packs } from '../../library/ports.ts';
import { createPacks } from '../index.ts';
import { Manifest, parseManifest } from './manifest.ts';
import { spaceKey } from './space-key.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const id = PackId.parse('drawn');
const contents = {
  'image.onnx': 'image',
  'text/text.onnx': 'text',
  'tokenizer.json': '{}',
  'config.json': '{}',
};

let folder: string;
let packs: Packs;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  const packsFolder = join(folder, `packs ${String(++count)}`);
  packs = createPacks({ packsFolder, builtInFolder: join(folder, 'built-in'), log: silent });
});

function manifest(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const files = Object.entries(contents).map(([path, text]) => ({
    path,
    bytes: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
  return {
    ...{ manifestVersion: 1, id, name: 'Drawn', version: '1', family: 'dual-encoder', dimensions: 3 },
    ...{ languages: ['en'], license: 'MIT', files, logitScale: 100 },
    image: {
      ...{ model: 'image.onnx', input: 'pixels', output: 'embeds', size: 8, resize: 'exact', crop: 'none' },
      ...{ interpolation: 'bilinear', rescale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
    },
    text: {
      ...{ model: 'text/text.onnx', inputs: { ids: 'ids' }, output: 'embeds', idsType: 'int64' },
      ...{ contextLength: 8, padding: 'longest', padToken: '<pad>' },
      ...{ tokenizer: 'tokenizer.json', tokenizerConfig: 'config.json' },
    },
    ...changes,
  };
}

async function written(changes?: Record<string, unknown>): Promise<string> {
  const to = await mkdtemp(join(folder, 'from-'));
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), text);
  }
  await writeFile(join(to, 'manifest.json'), JSON.stringify(manifest(changes)));
  return to;
}

describe('importing', () => {
  test('copies the listed files, and the list shows the pack', async () => {
    const from = await written();
    await writeFile(join(from, 'notes.txt'), 'not listed');
    const summary = await packs.import(from);
    expect(summary).toMatchObject({ packId: id, name: 'Drawn', bytes: 13, builtIn: false });
    expect((await packs.list()).map((pack) => pack.packId)).toEqual(['built-in', id]);
    const stored = await readdir(join(folder, `packs ${String(count)}`), { recursive: true });
    expect(stored.toSorted()).toEqual(
      [
        'drawn',
        ...[...Object.keys(contents), 'manifest.json', 'text'].map((name) => join('drawn', name)),
      ].toSorted(),
    );
  });

  test('the same pack again replaces the old version', async () => {
    await packs.import(await written());
    await packs.import(await written({ version: '2' }));
    expect((await packs.list())[1]?.version).toBe('2');
  });

  test('refuses a file with other bytes of the same length and leaves nothing behind', async () => {
    const from = await written();
    await writeFile(join(from, 'image.onnx'), 'IMAGE');
    await expect(packs.import(from)).rejects.toMatchObject({ code: 'PACK_FILE_DAMAGED' });
    expect(await readdir(join(folder, `packs ${String(count)}`))).toEqual([]);
  });

  test('refuses a file cut short, and one that is not there', async () => {
    const from = await written();
    await writeFile(join(from, 'image.onnx'), 'imag');
    await expect(packs.import(from)).rejects.toThrow('image.onnx has 4 bytes, expected 5.');
    await rm(join(from, 'image.onnx'));
    await expect(packs.import(from)).rejects.toMatchObject({ code: 'PACK_FILE_MISSING' });
  });

  test.skipIf(process.platform === 'win32')('refuses a link that leads out of the folder', async () => {
    const from = await written();
    await rm(join(from, 'image.onnx'));
    await writeFile(join(folder, 'outside'), 'image');
    await symlink(join(folder, 'outside'), join(from, 'image.onnx'));
    await expect(packs.import(from)).rejects.toMatchObject({ code: 'PACK_MANIFEST_INVALID' });
  });

  test('refuses a folder without a manifest, and the name of the built-in pack', async () => {
    await expect(packs.import(folder)).rejects.toMatchObject({ code: 'PACK_FILE_MISSING' });
    await expect(packs.import(await written({ id: 'built-in' }))).rejects.toThrow(
      /^The pack's manifest|^id:/,
    );
  });

  test('stops when cancelled and leaves nothing behind', async () => {
    await expect(packs.import(await written(), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await readdir(join(folder, `packs ${String(count)}`))).toEqual([]);
  });
});

describe('an imported pack', () => {
  test('is verified file by file', async () => {
    await packs.import(await written());
    expect((await packs.verify(id)).ok).toBe(true);
    await writeFile(join(folder, `packs ${String(count)}`, id, 'tokenizer.json'), '[]');
    const after = await packs.verify(id);
    expect(after.ok).toBe(false);
    expect(after.files.filter((file) => !file.ok).map((file) => file.path)).toEqual(['tokenizer.json']);
  });

  test('is not opened once a file has another length', async () => {
    await packs.import(await written());
    await writeFile(join(folder, `packs ${String(count)}`, id, 'image.onnx'), '');
    await expect(packs.open(id, { threads: 1 })).rejects.toMatchObject({ code: 'PACK_FILE_DAMAGED' });
  });

  test('whose model is no model fails with a sentence', async () => {
    await packs.import(await written());
    await expect(packs.open(id, { threads: 1 })).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });

  test('is gone after it was removed; the built-in one stays', async () => {
    await packs.import(await written());
    await packs.remove(id);
    expect((await packs.list()).map((pack) => pack.packId)).toEqual(['built-in']);
    await expect(packs.remove(id)).rejects.toMatchObject({ code: 'PACK_UNKNOWN' });
    await expect(packs.remove(PackId.parse('built-in'))).rejects.toMatchObject({ code: 'PACK_IN_USE' });
  });
});

describe('a manifest', () => {
  const problem = (changes: Record<string, unknown>) => {
    try {
      parseManifest(JSON.stringify(manifest(changes)));
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const image = manifest()['image'] as Record<string, unknown>;

  test('of a newer form is refused as such', () => {
    expect(problem({ manifestVersion: 2 })).toContain('made for a newer Afterimage');
  });

  test.each(['../image.onnx', '/etc/passwd', 'a/../../b', 'C:/x', 'a\\b', 'a//b', ''])(
    'that points to "%s" is refused, naming the field',
    (model) => {
      expect(problem({ image: { ...image, model } })).toContain('image.model');
    },
  );

  test('that names an unlisted file, or has the wrong type, says which field', () => {
    expect(problem({ image: { ...image, model: 'other.onnx' } })).toContain(
      'image.model: "other.onnx" is not listed',
    );
    expect(problem({ image: { ...image, size: 'big' } })).toContain('image.size');
    expect(problem({ promptTemplates: { en: ['a photo'] } })).toContain('promptTemplates.en.0');
  });

  test('gives a space its key: version, image model and image block count, the text side does not', () => {
    const key = (changes: Record<string, unknown>) => spaceKey(Manifest.parse(manifest(changes)));
    const text = manifest()['text'] as Record<string, unknown>;
    expect(key({ text: { ...text, lowercase: true } })).toBe(key({}));
    expect(key({ version: '2' })).not.toBe(key({}));
    expect(key({ image: { ...image, mean: [0.5, 0.5, 0.5] } })).not.toBe(key({}));
  });
});

test('packs of an installer are listed, checked and kept; one of the library comes before', async () => {
  const packsFolder = join(folder, 'own');
  const shippedFolder = await mkdtemp(join(folder, 'shipped-'));
  await rename(await written({ name: 'Shipped' }), join(shippedFolder, id));
  const both = createPacks({
    ...{ packsFolder, shippedFolder, builtInFolder: join(folder, 'built-in'), log: silent },
  });
  const names = async () => (await both.list()).map(({ name }) => name);
  expect(await names()).toContain('Shipped');
  expect((await both.verify(id)).ok).toBe(true);
  await expect(both.remove(id)).rejects.toMatchObject({ code: 'PACK_IN_USE' });
  await both.import(await written({ name: 'Own' }));
  expect(await names()).not.toContain('Shipped');
  expect(await names()).toContain('Own');
  await both.remove(id);
  expect(await names()).toContain('Shipped');
  expect(await readdir(join(shippedFolder, id))).toContain('manifest.json');
});
