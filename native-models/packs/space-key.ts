// Runs on the answering thread: the name of an embedding space, from all that would change its vectors.
import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.ts';

/**
 * Key of a dual encoder's space: pack id, version, digests of the image model and the image block.
 * A change of any of them means that the pictures need embedding again.
 */
export function spaceKey(manifest: Manifest): string {
  // External data lies beside the model under a longer name (`model.onnx_data`).
  const model = manifest.files
    .filter(({ path }) => path.startsWith(manifest.image.model))
    .map(({ path, sha256 }) => `${path} ${sha256}`);
  return keyOf(manifest.id, manifest.version, [
    model,
    manifest.image,
    manifest.dimensions,
    manifest.normalize,
  ]);
}

/** `id@version-` and 16 hexadecimal digits over the given parts. */
export function keyOf(id: string, version: string, parts: unknown): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([id, version, parts]))
    .digest('hex');
  return `${id}@${version}-${digest.slice(0, 16)}`;
}
