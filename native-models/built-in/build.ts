// Runs in a worker thread or a script: converts the built-in pack's models into a folder.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertGraphModel } from './convert/convert.ts';
import { CONVERSION_VERSION, MODEL_OUTPUTS } from './identity.ts';

/**
 * Converts every model and writes a stamp that lists them. Each file appears under its name only when it
 * is whole, the stamp last; two processes may do it at once, for they write the same bytes.
 *
 * @param from - folder with the TensorFlow.js models
 * @param to - folder for the ONNX files, made if need be
 */
export async function buildBuiltIn(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const files: { path: string; bytes: number; sha256: string }[] = [];
  for (const [name, outputs] of Object.entries(MODEL_OUTPUTS)) {
    const model = await convertGraphModel(join(from, `${name}.json`), outputs);
    const path = `${name}.onnx`;
    await writeWhole(join(to, path), model);
    files.push({ path, bytes: model.length, sha256: createHash('sha256').update(model).digest('hex') });
  }
  const stamp = { version: CONVERSION_VERSION, files };
  await writeWhole(join(to, 'stamp.json'), Buffer.from(`${JSON.stringify(stamp, null, 2)}\n`));
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, bytes, { flush: true });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
