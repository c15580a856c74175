// Runs under Vitest: what towers do with a manifest, on a small model written by script.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OnnxGraph } from '../built-in/convert/onnx-graph.ts';
import type { Manifest } from '../packs/manifest.ts';
import { checkNames, extraFeeds, toVectors } from './output.ts';
import { openPictureTower, toTensor } from './picture-tower.ts';
import { promptsOf } from './text-tower.ts';

const SIZE = 8;
const image = {
  ...{ model: 'image.onnx', input: 'pixels', output: 'embeds', size: SIZE, resize: 'exact', crop: 'none' },
  ...{ interpolation: 'bilinear', rescale: 1 / 255, mean: [0.5, 0, 0], std: [0.5, 1, 1], layout: 'nchw' },
  ...{ channels: 'rgb', alpha: 'white', colour: 'srgb', extraInputs: [] },
} as unknown as Manifest['image'];
const content = { left: 0, top: 0, width: SIZE, height: SIZE };
const plain = (r: number, g: number, b: number) => ({
  rgb: Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => [r, g, b][i % 3] ?? 0),
  content,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'towers-'));
  // The mean of each channel: an encoder whose answer can be worked out by hand.
  const graph = new OnnxGraph();
  graph.emit('ReduceMean', ['pixels', graph.integers([2, 3])], 'embeds', { keepdims: 0 });
  const model = graph.toModel('means', { name: 'pixels', dims: ['n', 3, SIZE, SIZE] }, ['embeds']);
  await writeFile(join(folder, 'image.onnx'), model);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const manifest = (changes: Partial<Manifest>) =>
  ({ dimensions: 3, normalize: true, image, ...changes }) as unknown as Manifest;

describe('the picture tower', () => {
  test('scales by rescale, mean and std, channel by channel, and normalises', async () => {
    const tower = await openPictureTower({ folder, manifest: manifest({}), threads: 1 });
    const answers = await tower.encodePictures?.([plain(255, 0, 255), plain(0, 255, 0)]);
    const rounded = answers?.map(({ vector }) => Array.from(vector, (v) => Math.round(v * 1e4) / 1e4));
    expect(rounded).toEqual([
      [0.7071, 0, 0.7071],
      [-0.7071, 0.7071, 0],
    ]);
    await tower.close();
  });

  test('names the output that the model does not have, and those it has', async () => {
    const wrong = manifest({ image: { ...image, output: 'image_embeds' } });
    await expect(openPictureTower({ folder, manifest: wrong, threads: 1 })).rejects.toThrow(
      "image.output: the model has no output 'image_embeds' (it has: embeds)",
    );
  });

  test('refuses dimensions that the model does not give', async () => {
    const tower = await openPictureTower({ folder, manifest: manifest({ dimensions: 4 }), threads: 1 });
    await expect(tower.encodePictures?.([plain(1, 2, 3)])).rejects.toThrow(
      'image.output: its shape is 1 x 3',
    );
    await tower.close();
  });

  test('refuses a picture of another size', () => {
    expect(() => toTensor([{ rgb: new Uint8Array(3), content }], image)).toThrow('has 3 bytes, expected 192');
  });
});

test('inputs that the graph wants and the manifest does not give are named', () => {
  const model = { inputs: ['ids', 'attention_mask'], outputs: ['embeds'] };
  const output = { field: 'text.output', name: 'embeds' };
  expect(() => {
    checkNames(model, { 'text.inputs.ids': 'ids' }, output);
  }).toThrow("text.extraInputs: the model wants an input 'attention_mask'");
  expect(() => {
    checkNames(model, { 'text.inputs.ids': 'input_ids' }, output);
  }).toThrow("text.inputs.ids: the model has no input 'input_ids' (it has: ids, attention_mask)");
});

test('extra inputs are filled, "batch" is the batch, and a dimension may be 0', () => {
  const feeds = extraFeeds(
    [
      { name: 'a', type: 'int64', shape: ['batch', 1], fill: 1 },
      { name: 'b', type: 'float32', shape: [0, 3], fill: 0 },
    ],
    2,
  );
  expect(feeds['a']).toEqual({ type: 'int64', dims: [2, 1], data: BigInt64Array.of(1n, 1n) });
  expect(feeds['b']?.data).toHaveLength(0);
});

test('truncateDimensions keeps the first values and makes them unit length again', () => {
  const output = { data: Float32Array.of(3, 4, 12), dims: [1, 3] };
  const kept = toVectors(
    output,
    1,
    { dimensions: 2, truncateDimensions: 2, normalize: false },
    'image.output',
  );
  expect(Array.from(kept[0] ?? [], (v) => Math.round(v * 10) / 10)).toEqual([0.6, 0.8]);
});

test('prompts are taken by the script of the query', () => {
  const templates = { en: ['a photo of {}'], ko: ['{}의 사진', '{}'] };
  expect(promptsOf('cat', templates)).toEqual(['a photo of cat']);
  expect(promptsOf('고양이', templates)).toEqual(['고양이의 사진', '고양이']);
  expect(promptsOf('кот', templates)).toEqual(['кот']);
});
