// Runs under Vitest: the built-in pack from its models to answers, on drawn pictures.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Encoder, EncoderInput, Packs } from '../../library/ports.ts';
import { createPacks } from '../index.ts';
import { BUILT_IN_ID as BUILT_IN } from './identity.ts';
import { loadModel } from '../runtime/model-runtime.ts';

const EDGE = 512;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
let folder: string;
let packs: Packs;
let encoder: Encoder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'built-in-'));
  packs = createPacks({
    packsFolder: join(folder, 'packs'),
    builtInFolder: join(folder, 'built-in'),
    log: silent,
  });
  encoder = await packs.open(BUILT_IN, { threads: 1 });
});
afterAll(async () => {
  await encoder.close();
  await rm(folder, { recursive: true, force: true });
});

/** A picture of 3:2 with grey above and below, each pixel by a rule. */
function drawn(rule: (x: number, y: number) => [number, number, number]): EncoderInput {
  const content = { left: 0, top: 85, width: EDGE, height: 342 };
  const rgb = new Uint8Array(EDGE * EDGE * 3).fill(114);
  for (let y = content.top; y < content.top + content.height; y++)
    for (let x = 0; x < EDGE; x++) rgb.set(rule(x, y), (y * EDGE + x) * 3);
  return { rgb, content };
}
const red = drawn(() => [200, 20, 30]);
const stripes = drawn((x) => (x % 64 < 32 ? [10, 10, 10] : [240, 240, 240]));

const valueOf = (concepts: Float32Array | null, name: string) =>
  concepts?.[encoder.space.concepts.indexOf(name)] ?? -1;

test('conversion writes models with the shapes that their readers expect', async () => {
  const model = await loadModel(join(folder, 'built-in', 'centernet.onnx'), 1);
  const pixels = {
    type: 'float32',
    data: new Float32Array(EDGE * EDGE * 3),
    dims: [1, EDGE, EDGE, 3],
  } as const;
  const results = await model.run({ 'tower_0/images': pixels }, model.outputs);
  expect(Object.fromEntries(Object.entries(results).map(([name, { dims }]) => [name, dims]))).toEqual({
    'tower_0/keypoints': [1, 80, 128, 128],
    'tower_0/wh': [1, 4, 128, 128],
    'tower_0/max_pooling2d/MaxPool': [1, 80, 128, 128],
    'tower_0/extern1/hard_swish/mul_1': [1, 480, 16, 16],
    'tower_0/CenternetHead/mul': [1, 128, 128, 128],
  });
  await model.close();
});

test('a drawn picture gets a unit vector, every concept between 0 and 1, and its colour', async () => {
  const [first] = await encoder.encodePictures([red]);
  expect(first?.vector).toHaveLength(encoder.space.dimensions);
  expect(Math.hypot(...(first?.vector ?? []))).toBeCloseTo(1, 5);
  expect(first?.concepts).toHaveLength(encoder.space.concepts.length);
  expect(first?.concepts?.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(valueOf(first?.concepts ?? null, 'colour:red')).toBe(1);
  expect(valueOf(first?.concepts ?? null, 'colour:blue')).toBe(0);
});

test('black and white stripes are black and white', async () => {
  const [first] = await encoder.encodePictures([stripes]);
  expect(valueOf(first?.concepts ?? null, 'scene:bw')).toBeGreaterThan(0.9);
});

test('the same picture is closer to itself than to another, and order is kept', async () => {
  const [a, b, c] = await encoder.encodePictures([red, stripes, red]);
  const dot = (x?: Float32Array, y?: Float32Array) =>
    (x ?? new Float32Array()).reduce((s, v, i) => s + v * (y?.[i] ?? 0), 0);
  expect(dot(a?.vector, c?.vector)).toBeCloseTo(1, 5);
  expect(dot(a?.vector, b?.vector)).toBeLessThan(0.9);
});

test('cancelled work ends with AbortError and the encoder goes on', async () => {
  await expect(encoder.encodePictures([red], AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  const controller = new AbortController();
  const work = encoder.encodePictures([red, red, red, red, red, red], controller.signal);
  controller.abort();
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  expect(await encoder.encodePictures([red])).toHaveLength(1);
});

test('a picture of the wrong size is a failure of the model, with a sentence', async () => {
  await expect(encoder.encodePictures([{ ...red, rgb: new Uint8Array(12) }])).rejects.toMatchObject({
    name: 'Failure',
    code: 'MODEL_FAILED',
  });
});

test('a closed encoder says so', async () => {
  const other = await packs.open(BUILT_IN, { threads: 1 });
  await other.close();
  await other.close();
  await expect(other.encodePictures([red])).rejects.toMatchObject({ code: 'MODEL_FAILED' });
});

test('files that are whole are kept; one that is cut short is made anew', async () => {
  const path = join(folder, 'built-in', 'emotion.onnx');
  const before = await stat(path);
  expect((await packs.verify(BUILT_IN)).ok).toBe(true);
  expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
  await writeFile(path, 'short');
  const again = await packs.open(BUILT_IN, { threads: 1 });
  expect((await stat(path)).size).toBe(before.size);
  expect(again.space.key).toBe(encoder.space.key);
  await again.close();
});

test('the list shows the built-in pack first, with its size', async () => {
  const [first] = await packs.list();
  expect(first).toMatchObject({
    packId: BUILT_IN,
    family: 'concepts',
    builtIn: true,
    languages: ['en', 'ko'],
  });
  const { files } = await packs.verify(BUILT_IN);
  const sizes = await Promise.all(files.map((file) => stat(join(folder, 'built-in', file.path))));
  expect(first?.bytes).toBe(sizes.reduce((sum, { size }) => sum + size, 0));
});
