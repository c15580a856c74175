// Runs in a worker thread: pixels to vectors through a pack's image model.
import { join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import type { EncoderInput } from '../../library/ports.ts';
import type { Manifest } from '../packs/manifest.ts';
import type { Tower } from '../runtime/messages.ts';
import { loadModel } from '../runtime/model-runtime.ts';
import { checkNames, extraFeeds, toVectors } from './output.ts';

/**
 * Puts pictures into one NCHW float tensor: `(value * rescale - mean) / std` per channel.
 *
 * @throws Failure MODEL_FAILED when a picture is not size x size x 3 bytes
 */
export function toTensor(inputs: readonly EncoderInput[], image: Manifest['image']): Float32Array {
  const { size, rescale, mean, std } = image;
  const plane = size * size;
  const data = new Float32Array(inputs.length * 3 * plane);
  // 256 possible bytes and 3 channels: a table instead of arithmetic per pixel.
  const tables = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: 256 }, (_, v) => (v * rescale - (mean[channel] ?? 0)) / (std[channel] ?? 1)),
  );
  inputs.forEach(({ rgb }, index) => {
    if (rgb.length !== plane * 3)
      throw new Failure(
        'MODEL_FAILED',
        `A picture for the encoder has ${String(rgb.length)} bytes, expected ${String(plane * 3)}.`,
        'Report this with the log.',
      );
    tables.forEach((table, channel) => {
      const to = (index * 3 + channel) * plane;
      for (let pixel = 0, from = channel; pixel < plane; pixel++, from += 3)
        data[to + pixel] = table[rgb[from] ?? 0] ?? 0;
    });
  });
  return data;
}

/** Opens the image model of a pack. Throws Failure PACK_MANIFEST_INVALID or MODEL_FAILED. */
export async function openPictureTower(opening: {
  folder: string;
  manifest: Manifest;
  threads: number;
}): Promise<Tower> {
  const { manifest } = opening;
  const { image } = manifest;
  const model = await loadModel(join(opening.folder, image.model), opening.threads);
  const names = { 'image.input': image.input };
  const extras = image.extraInputs.map((extra, i) => [`image.extraInputs.${String(i)}`, extra.name]);
  checkNames(
    model,
    { ...names, ...(Object.fromEntries(extras) as Record<string, string>) },
    { field: 'image.output', name: image.output },
  );
  return {
    async encodePictures(inputs) {
      const batch = inputs.length;
      const dims = [batch, 3, image.size, image.size];
      const pixels = { type: 'float32', data: toTensor(inputs, image), dims } as const;
      const results = await model.run({ ...extraFeeds(image.extraInputs, batch), [image.input]: pixels }, [
        image.output,
      ]);
      const output = results[image.output];
      if (output === undefined) throw new Error(`no output ${image.output}`);
      const vectors = toVectors(output, batch, manifest, 'image.output');
      return vectors.map((vector) => ({ vector, concepts: null, regions: [] }));
    },
    close: () => model.close(),
  };
}
