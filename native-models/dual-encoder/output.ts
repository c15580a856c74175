// Runs in a worker thread: a tower's raw output to the vector that is stored.
import { Failure } from '../../contract/index.ts';
import type { Model, PlainTensor } from '../runtime/model-runtime.ts';
import type { ExtraInput, Manifest } from '../packs/manifest.ts';

/** A manifest that does not fit its model: names the field and what the model has instead. */
export function misfit(detail: string): Failure {
  return new Failure(
    'PACK_MANIFEST_INVALID',
    `The pack's manifest does not fit its model: ${detail}.`,
    'Correct the manifest, or get the pack again.',
  );
}

/**
 * Checks that a model takes exactly what the manifest feeds it and has the output it names.
 *
 * @param fields - manifest field of each input, e.g. `{ 'image.input': 'pixel_values' }`
 * @throws Failure PACK_MANIFEST_INVALID
 */
export function checkNames(
  model: Pick<Model, 'inputs' | 'outputs'>,
  fields: Readonly<Record<string, string>>,
  output: { field: string; name: string },
): void {
  for (const [field, name] of Object.entries(fields))
    if (!model.inputs.includes(name))
      throw misfit(`${field}: the model has no input '${name}' (it has: ${model.inputs.join(', ')})`);
  const fed = new Set(Object.values(fields));
  const missing = model.inputs.find((name) => !fed.has(name));
  if (missing !== undefined) {
    const block = output.field.split('.')[0] ?? '';
    throw misfit(
      `${block}.extraInputs: the model wants an input '${missing}' that the manifest does not give`,
    );
  }
  if (!model.outputs.includes(output.name))
    throw misfit(
      `${output.field}: the model has no output '${output.name}' (it has: ${model.outputs.join(', ')})`,
    );
}

/** The tensors a graph demands although this tower does not use them. */
export function extraFeeds(extras: readonly ExtraInput[], batch: number): Record<string, PlainTensor> {
  const feeds: Record<string, PlainTensor> = {};
  for (const { name, type, shape, fill } of extras) {
    const dims = shape.map((dim) => (dim === 'batch' ? batch : dim));
    const count = dims.reduce((product, dim) => product * dim, 1);
    if (type === 'int64') feeds[name] = { type, dims, data: new BigInt64Array(count).fill(BigInt(fill)) };
    else if (type === 'int32') feeds[name] = { type, dims, data: new Int32Array(count).fill(fill) };
    else feeds[name] = { type, dims, data: new Float32Array(count).fill(fill) };
  }
  return feeds;
}

/**
 * Cuts a batch's output [batch, width] into vectors: the first `dimensions` of each row, unit length.
 *
 * @throws Failure PACK_MANIFEST_INVALID when the output has another shape than the manifest says
 */
export function toVectors(
  output: { data: Float32Array; dims: readonly number[] },
  batch: number,
  manifest: Pick<Manifest, 'dimensions' | 'truncateDimensions' | 'normalize'>,
  field: string,
): Float32Array[] {
  const width = output.data.length / batch;
  const { dimensions } = manifest;
  const fits = manifest.truncateDimensions === undefined ? width === dimensions : width >= dimensions;
  if (output.dims[0] !== batch || output.dims.length !== 2 || !fits)
    throw misfit(
      `${field}: its shape is ${output.dims.join(' x ')}, expected ${String(batch)} x ${String(dimensions)} (dimensions)`,
    );
  const mustNormalise = manifest.normalize || width !== dimensions;
  return Array.from({ length: batch }, (_, row) => {
    const vector = output.data.slice(row * width, row * width + dimensions);
    return mustNormalise ? normalised(vector) : vector;
  });
}

/** Scales to unit length, in place. @throws Failure MODEL_FAILED for values that have no direction */
export function normalised(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  if (!Number.isFinite(square) || square === 0)
    throw new Failure('MODEL_FAILED', 'The model gave a vector without a direction.', 'Verify the pack.');
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * scale;
  return vector;
}
