// Runs on the answering thread: brings all files of a pack into a folder beside the packs, then makes it one of them.
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CatalogueEntry } from './catalogue.ts';
import { diskFull } from './disk.ts';
import { fetchFile } from './fetch-file.ts';
import { MANIFEST_NAME } from './manifest.ts';
import type { PackStore } from './pack-store.ts';

/** Starts the name of a folder with a download in it; a pack's id cannot. */
const DOWNLOAD = '.download-';

/** Where one version of a pack gathers; it outlives the app's end, whatever that was. */
export class Stage {
  readonly folder: string;

  constructor(root: string, { id, version }: { readonly id: string; readonly version: string }) {
    this.folder = join(root, `${DOWNLOAD}${id}@${encodeURIComponent(version)}`);
  }

  /** Bytes that are there, whole files and parts; null when nothing was begun. */
  async size(): Promise<number | null> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => null);
    if (entries === null) return null;
    const sizes = entries
      .filter((entry) => entry.isFile() && entry.name !== MANIFEST_NAME)
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  discard(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/**
 * Each file right or absent; the folder takes the pack's name when the last one is right. Going on after
 * any end is calling it again: files that are there are checked, and a part is gone on with.
 *
 * @throws what fetchFile throws
 */
export async function fetchPack(order: {
  readonly stage: Stage;
  readonly entry: CatalogueEntry;
  readonly mirror: URL | null;
  readonly store: PackStore;
  readonly signal: AbortSignal;
  /** Bytes of the whole pack that are there. */
  onBytes(bytes: number): void;
}): Promise<void> {
  const { stage, entry, mirror, store, signal } = order;
  const hosts = mirror === null ? entry.hosts : [mirror.host, ...entry.hosts];
  let before = 0;
  for (const file of entry.manifest.files) {
    const to = join(stage.folder, file.path);
    const written = entry.written[file.path];
    if (written === undefined)
      await fetchFile({
        url: addressOf(entry.base, mirror, file.path),
        ...{ to, bytes: file.bytes, sha256: file.sha256, hosts, signal },
        onBytes: (bytes) => order.onBytes(before + bytes),
      });
    else await writeOurs(to, written);
    before += file.bytes;
    order.onBytes(before);
  }
  await writeOurs(join(stage.folder, MANIFEST_NAME), entry.manifestText);
  signal.throwIfAborted();
  await store.adopt(stage.folder, entry.manifest.id);
}

/** A mirror holds the same paths below its own address. */
function addressOf(base: string, mirror: URL | null, path: string): string {
  const own = new URL(path.split('/').map(encodeURIComponent).join('/'), base);
  if (mirror === null) return own.href;
  return new URL(mirror.href.replace(/\/*$/, '') + own.pathname).href;
}

async function writeOurs(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    const file = await open(path, 'r+');
    await file.sync().finally(() => file.close());
  } catch (error) {
    throw diskFull(error, 'The download stopped');
  }
}
