// Runs in scripts: what a packaged app holds, read from its folder: the archive's list, what lies outside, sizes.
import { openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface PackagedFile {
  /** Below the app's resources, with `/`; for files of the archive as if it were a folder. */
  readonly path: string;
  readonly bytes: number;
  readonly where: 'archive' | 'unpacked' | 'resource';
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>;
  readonly size?: number;
  readonly unpacked?: boolean;
}

/**
 * The header of an asar archive: two Chromium pickles, the first holding the size of the second, which
 * holds a JSON text (electron/asar, README, "Format").
 */
function readHeader(archive: string): Node {
  const file = openSync(archive, 'r');
  const sizes = Buffer.alloc(16);
  readSync(file, sizes, 0, 16, 0);
  const text = Buffer.alloc(sizes.readUInt32LE(12));
  readSync(file, text, 0, text.length, 16);
  return JSON.parse(text.toString('utf8')) as Node;
}

function* filesOf(node: Node, path: string): Generator<PackagedFile> {
  for (const [name, child] of Object.entries(node.files ?? {})) {
    const below = path === '' ? name : `${path}/${name}`;
    if (child.files !== undefined) yield* filesOf(child, below);
    else
      yield { path: below, bytes: child.size ?? 0, where: child.unpacked === true ? 'unpacked' : 'archive' };
  }
}

/** @param resources - the folder with `app.asar` in it */
export function packagedFiles(resources: string): PackagedFile[] {
  const beside = readdirSync(resources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(resources, path).split(sep).join('/'), bytes: statSync(path).size }))
    .filter(({ path }) => path !== 'app.asar' && !path.startsWith('app.asar.unpacked/'))
    .map((file) => ({ ...file, where: 'resource' as const }));
  return [...filesOf(readHeader(join(resources, 'app.asar')), ''), ...beside];
}

/** What the system loads by its own means and therefore cannot be read out of an archive. */
const native =
  /(\.(node|dll|dylib|onnx|wasm)|\.so(\.[\d.]+)?|\/(ffmpeg|ffprobe|exiftool|whisper(-avx2)?)(\.exe)?)$/;

/** What an installer brings from elsewhere: a file of each. A checkout may be without. */
const broughtParts: Readonly<Record<string, RegExp>> = {
  'ffmpeg (npm run build:ffmpeg)': /^ffmpeg\/ffmpeg(\.exe)?$/,
  'ffprobe (npm run build:ffmpeg)': /^ffmpeg\/ffprobe(\.exe)?$/,
  'the licence of ffmpeg (npm run build:ffmpeg)': /^ffmpeg\/LICENSE$/,
  'TinyCLIP (npm run fetch:pack)': /^packs\/tinyclip\/manifest\.json$/,
  'whisper.cpp (npm run build:whisper)': /^whisper\/whisper(\.exe)?$/,
};

/** Parts that are not there, by name. */
export const missingParts = (files: readonly PackagedFile[]): string[] =>
  Object.entries(broughtParts)
    .filter(([, pattern]) => !files.some(({ path, where }) => where === 'resource' && pattern.test(path)))
    .map(([name]) => name);

/** What is wrong with it, a sentence each; empty when nothing is. */
export function packagingFaults(files: readonly PackagedFile[], platform: string, arch: string): string[] {
  const faults: string[] = [];
  for (const { path, where } of files) {
    if (/@ff(mpeg|probe)-installer\//.test(path)) faults.push(`${path} is under the GPL`);
    if (native.test(path) && where === 'archive') faults.push(`${path} is inside the archive`);
    const runtime = /onnxruntime-node\/bin\/napi-v6\/(\w+)\/(\w+)\//.exec(path);
    if (runtime !== null && (runtime[1] !== platform || runtime[2] !== arch))
      faults.push(`${path} is for another machine`);
  }
  const seen = new Set<string>();
  for (const { path, bytes } of files) {
    // Large files of one name and size are one file, wherever they lie.
    const key = bytes > 1_000_000 ? `${path.split('/').at(-1) ?? ''} ${bytes}` : path;
    if (seen.has(key)) faults.push(`${path} is there twice`);
    seen.add(key);
  }
  for (const wanted of ['better-sqlite3', 'sqlite-vec', 'onnxruntime-node', '@img/sharp'])
    if (!files.some(({ path, where }) => where === 'unpacked' && path.includes(`node_modules/${wanted}`)))
      faults.push(`nothing of ${wanted} lies outside the archive`);
  if (!files.some(({ path }) => path.startsWith('built-in/'))) faults.push('the built-in pack is missing');
  return faults;
}

/** Bytes per part, largest first: a package, our own folders, a folder of resources. */
export function sizesByPart(files: readonly PackagedFile[]): [string, number][] {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of files) {
    const part = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/', 2).join('/');
    sizes.set(part, (sizes.get(part) ?? 0) + bytes);
  }
  return [...sizes].toSorted((a, b) => b[1] - a[1]);
}
