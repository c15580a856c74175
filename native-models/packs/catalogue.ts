// Runs on the answering thread: the packs that can be downloaded, each a file in catalogue/ with its manifest in it.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseManifest } from './manifest.ts';

/** The catalogue that comes with the app. */
export const CATALOGUE_FOLDER = fileURLToPath(new URL('catalogue/', import.meta.url));

/** What a picture's way through the image model consists of, for measuring it without the model. */
const Work = z.object({
  layers: z.int().min(1),
  /** Patches and class token of one picture. */
  tokens: z.int().min(1),
  width: z.int().min(1),
  /** Width between the two halves of a layer's MLP. */
  hidden: z.int().min(1),
  /** Numbers in one patch: 3 x edge x edge. */
  patch: z.int().min(1),
  /** 8-bit whole numbers in the matrix products. */
  quantized: z.boolean(),
});
export type Work = z.infer<typeof Work>;

const Entry = z.object({
  /** A listed file lies at `base` + its path. */
  base: z.url({ protocol: /^https$/ }).refine((base) => base.endsWith('/'), { error: 'must end with /' }),
  /** Hosts that may be asked, redirects included. */
  hosts: z.array(z.string().min(1)).min(1),
  /** Whether someone has compared the listed digests with a download. */
  verified: z.boolean(),
  needsMemoryBytes: z.int(),
  /** Among packs of a family: the higher finds more. */
  rank: z.int(),
  work: Work.optional(),
  /** Files that are ours and not downloaded, by path: their text. */
  written: z.record(z.string(), z.string()).default({}),
  manifest: z.unknown(),
});

export type CatalogueEntry = Omit<z.infer<typeof Entry>, 'manifest'> & {
  readonly manifest: ReturnType<typeof parseManifest>;
  /** The manifest as it is written into the pack's folder. */
  readonly manifestText: string;
};

/**
 * Reads every `.json` of a folder.
 *
 * @throws an Error that names the file and what is wrong in it
 */
export async function readCatalogue(folder: string): Promise<CatalogueEntry[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      try {
        return readEntry(await readFile(join(folder, name), 'utf8'));
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }),
  );
}

function readEntry(text: string): CatalogueEntry {
  const entry = Entry.parse(JSON.parse(text));
  const manifestText = JSON.stringify(entry.manifest, null, 2);
  const manifest = parseManifest(manifestText);
  for (const [path, written] of Object.entries(entry.written)) {
    const sha256 = createHash('sha256').update(written).digest('hex');
    if (!manifest.files.some((file) => file.path === path && file.sha256 === sha256))
      throw new Error(`written file ${path} is not the one that the manifest lists`);
  }
  return { ...entry, manifest, manifestText };
}
