// Runs in tests: a catalogue with one pack on offer, and its files on a server of loopback.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackId } from '../../contract/index.ts';
import type { RoughServer } from './rough-server.ts';

const BASE_PATH = '/models/resolve/1/';

export interface Offered {
  readonly packId: PackId;
  readonly catalogue: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Bytes that repeat nowhere and are the same each time. */
export function noise(bytes: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = seed | 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return Buffer.from(words.buffer).subarray(0, bytes);
}

/** Writes the catalogue and puts the files on the server, which serves as a mirror of the manifest's own host. */
export function offerPack(
  server: RoughServer,
  catalogue: string,
  files: ReadonlyMap<string, Buffer> = new Map([
    ['onnx/image.onnx', noise(1_000_003, 1)],
    ['text.onnx', noise(200_001, 2)],
  ]),
  manifest: Record<string, unknown> = {},
): Offered {
  const packId = PackId.parse('offered');
  const config = '{}';
  const listed = [...files, ['config.json', Buffer.from(config)] as const].map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  for (const [path, content] of files) server.files.set(BASE_PATH + path, content);
  mkdirSync(catalogue, { recursive: true });
  const entry = {
    base: `https://models.example.org${BASE_PATH}`,
    hosts: ['models.example.org'],
    verified: false,
    needsMemoryBytes: 1,
    rank: 1,
    written: { 'config.json': config },
    manifest: {
      ...{ manifestVersion: 1, id: packId, name: 'Offered', version: '1', family: 'dual-encoder' },
      ...{ dimensions: 3, languages: ['en'], license: 'MIT', files: listed, logitScale: 100 },
      image: {
        ...{ model: 'onnx/image.onnx', input: 'pixels', output: 'embeds', size: 8, resize: 'exact' },
        ...{ crop: 'none', interpolation: 'bilinear', rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
      },
      text: {
        ...{
          model: 'text.onnx',
          inputs: { ids: 'ids' },
          output: 'embeds',
          idsType: 'int64',
          contextLength: 8,
        },
        ...{
          padding: 'longest',
          padToken: '<pad>',
          tokenizer: 'config.json',
          tokenizerConfig: 'config.json',
        },
      },
      ...manifest,
    },
  };
  writeFileSync(join(catalogue, 'offered.json'), JSON.stringify(entry));
  return { packId, catalogue, files };
}
