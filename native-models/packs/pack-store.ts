// Runs on the answering thread: the folder of imported packs, one folder each, named by the pack's id.
import { randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, failureOf, PackId, type PackVerification } from '../../contract/index.ts';
import { BUILT_IN_ID } from '../built-in/identity.ts';
import type { Log } from '../../library/ports.ts';
import { MANIFEST_NAME, type PackManifest, readManifest } from './manifest.ts';
import { diskFull } from './disk.ts';
import { checkDigest, checkSize } from './pack-files.ts';

/** Folders of imports in progress and of packs being removed start with this; a pack's id cannot. */
const PARTIAL = '.partial-';

/** A pack as it lies on disk. */
export interface StoredPack {
  readonly folder: string;
  readonly manifest: PackManifest;
}

export class PackStore {
  readonly #root: string;
  readonly #log: Log;
  readonly #shipped: string | null;

  /** @param shipped - folder of packs that an installer brought: read, never written; one's own come first */
  constructor(root: string, log: Log, shipped: string | null = null) {
    this.#root = root;
    this.#log = log;
    this.#shipped = shipped;
  }

  /** Every usable pack, by id. One with a bad manifest is left out and said in the log. */
  async list(): Promise<StoredPack[]> {
    const folders = [this.#root, ...(this.#shipped === null ? [] : [this.#shipped])];
    const entries = await Promise.all(
      folders.map((folder) => readdir(folder, { withFileTypes: true }).catch(() => [])),
    );
    const names = entries
      .flat()
      .filter((entry) => entry.isDirectory() && PackId.safeParse(entry.name).success)
      .map(({ name }) => name);
    const packs: StoredPack[] = [];
    for (const name of [...new Set(names)].toSorted()) {
      try {
        packs.push(await this.find(PackId.parse(name)));
      } catch (error) {
        this.#log.warn('pack left out', { pack: name, reason: failureOf(error).reason });
      }
    }
    return packs;
  }

  /** @throws Failure PACK_UNKNOWN when it was never imported, PACK_* when its manifest is unusable */
  async find(packId: PackId): Promise<StoredPack> {
    const own = this.#folderOf(packId);
    const shipped = this.#shipped === null ? null : join(this.#shipped, packId);
    const folder = shipped !== null && !existsSync(own) && existsSync(shipped) ? shipped : own;
    const manifest = await readManifest(folder).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'PACK_FILE_MISSING') throw unknownPack(packId);
      throw error;
    });
    if (manifest.id === packId) return { folder, manifest };
    throw new Failure(
      'PACK_MANIFEST_INVALID',
      `The pack in folder ${packId} calls itself ${manifest.id}.`,
      'Remove it and import it again.',
    );
  }

  /** As {@link find}; also every listed file is there with its length. Run before a pack is opened. */
  async findWhole(packId: PackId): Promise<StoredPack> {
    const pack = await this.find(packId);
    for (const file of pack.manifest.files) await checkSize(pack.folder, file);
    return pack;
  }

  /**
   * Copies a pack's listed files into the store: into a folder beside, checked there by size and digest,
   * then renamed. Anything else in the folder stays behind. The same pack and version again replaces it.
   */
  async import(from: string, signal?: AbortSignal): Promise<StoredPack> {
    const manifest = await readManifest(from);
    if (manifest.id === BUILT_IN_ID)
      throw new Failure(
        'PACK_MANIFEST_INVALID',
        `id: "${BUILT_IN_ID}" is the name of the pack that comes with Afterimage.`,
        'Give the pack another id.',
      );
    for (const file of manifest.files) await checkSize(from, file);
    await mkdir(this.#root, { recursive: true });
    const partial = join(this.#root, PARTIAL + randomUUID());
    try {
      for (const file of manifest.files) {
        signal?.throwIfAborted();
        const to = join(partial, file.path);
        await mkdir(dirname(to), { recursive: true });
        await copyFile(join(from, file.path), to, constants.COPYFILE_FICLONE);
        await checkDigest(partial, file, signal);
      }
      await copyFile(join(from, MANIFEST_NAME), join(partial, MANIFEST_NAME));
      const copied = await readManifest(partial);
      signal?.throwIfAborted();
      await this.#moveAside(manifest.id);
      await rename(partial, this.#folderOf(manifest.id));
      return { folder: this.#folderOf(manifest.id), manifest: copied };
    } catch (error) {
      throw diskFull(error, 'The pack was not imported');
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }

  /** Takes a folder of the same disk for a pack: its files were checked, the manifest says which they are. */
  async adopt(whole: string, packId: PackId): Promise<StoredPack> {
    await this.#moveAside(packId);
    await rename(whole, this.#folderOf(packId));
    return this.find(packId);
  }

  /** Reads every file again and says of each whether it is what the manifest lists. */
  async verify(packId: PackId): Promise<PackVerification> {
    const { folder, manifest } = await this.find(packId);
    return { packId, ...(await verifyFiles(folder, manifest.files)) };
  }

  async remove(packId: PackId): Promise<void> {
    const found = await this.find(packId).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'PACK_UNKNOWN') throw error;
      return null;
    });
    if (found !== null && found.folder !== this.#folderOf(packId))
      throw new Failure(
        'PACK_IN_USE',
        `The pack ${packId} comes with Afterimage and cannot be removed.`,
        'Use another pack; this one then takes no part in searches.',
      );
    await this.#moveAside(packId);
  }

  #folderOf(packId: PackId): string {
    return join(this.#root, packId);
  }

  /** Gone under its name at once; what deleting leaves behind can never be taken for a pack. */
  async #moveAside(packId: PackId): Promise<void> {
    const aside = join(this.#root, PARTIAL + randomUUID());
    try {
      await rename(this.#folderOf(packId), aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await rm(aside, { recursive: true, force: true });
  }
}

/** One row per listed file, good or not. */
export async function verifyFiles(
  folder: string,
  files: PackManifest['files'],
): Promise<Pick<PackVerification, 'ok' | 'files'>> {
  const rows: PackVerification['files'] = [];
  for (const file of files)
    try {
      await checkDigest(folder, file);
      rows.push({ path: file.path, ok: true, detail: `${String(file.bytes)} bytes, SHA-256 as listed.` });
    } catch (error) {
      rows.push({ path: file.path, ok: false, detail: failureOf(error).reason });
    }
  return { ok: rows.every((row) => row.ok), files: rows };
}

export function unknownPack(packId: PackId): Failure {
  return new Failure(
    'PACK_UNKNOWN',
    `There is no pack "${packId}".`,
    'Import it, or choose one of the list.',
  );
}
