// Runs in the command line: what real photographs answer, with names that say nothing. Serves `bench cutoff`.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { SearchInput } from '../../contract/index.ts';
import { openEngine } from '../open-engine.ts';
import { clientOf } from '../rpc.ts';
import { nonsense } from './nonsense.ts';
import questionsJson from './photo-questions.json' with { type: 'json' };
import { randomFrom } from './pictures.ts';

const Words = { en: z.array(z.string()), ko: z.array(z.string()) };
const questions = z
  .object({
    /** Every other entry, from the second on, is held back: nothing is fitted to it. */
    answered: z.array(z.object({ right: z.array(z.string()).min(1), ...Words })),
    /** Things that the pack knows and no photo shows. */
    absent: z.object(Words),
    /** Things that are there in a colour that they do not have. */
    otherwise: z.object(Words),
    /** Two things that no photo shows together. */
    together: z.object(Words),
  })
  .parse(questionsJson);

/** How the questions of one half were answered. */
export interface PhotoRow {
  readonly space: string;
  readonly moments: number;
  readonly questions: number;
  /** Of 300 questions without an answer, the share that said "nothing matches". */
  readonly nothing: number;
  /** Of the names of known things that are not there, the share that said so. */
  readonly nothingAbsent: number;
  /** Of things in a colour that they do not have, the share that said so. */
  readonly nothingOtherwise: number;
  /** Of two things that are not there together, the share that said so. */
  readonly nothingTogether: number;
  /** Of the questions with an answer, the share that said so too. */
  readonly cutOff: number;
  /** Of those that showed something, the share whose first result is right. */
  readonly firstRight: number;
  /** Of all results on the first pages, the share that is right. */
  readonly precision: number;
}

/** Results of a first page. */
const PAGE = 20;
const NONSENSE = 300;

/** Where the photographs lie that the questions are about; null: not on this machine. */
export function photosFolder(): string | null {
  const shared = process.env['AFTERIMAGE_SHARED'] ?? '../shared';
  const folder = resolve(import.meta.dirname, '../..', shared, 'photos');
  return existsSync(folder) ? folder : null;
}

/**
 * A library of the photographs under names that say nothing, asked everything.
 *
 * @param options.work - an empty folder may be made in it
 */
export async function benchPhotos(
  options: { readonly work: string; readonly signal: AbortSignal },
  photos: string,
): Promise<PhotoRow[]> {
  const folder = await mkdtemp(join(options.work, 'photos-'));
  try {
    const pictures = join(folder, 'pictures');
    const nameOf = await copyNeutral(photos, pictures);
    const engine = await openEngine({ folder: join(folder, 'library'), holder: 'bench', watch: false });
    try {
      const client = clientOf(engine.library.router);
      const { rootId } = await client.roots.add({ path: pictures });
      await engine.library.index({ rootIds: [rootId], signal: options.signal });
      const shown = async (text: string): Promise<string[]> => {
        options.signal.throwIfAborted();
        const asked: SearchInput = { text, limit: PAGE };
        return (await client.search.find(asked)).results.flatMap(
          ({ path }) => nameOf.get(basename(path)) ?? [],
        );
      };
      const random = randomFrom(nameOf.size);
      const nothing = await nothingShare(
        shown,
        Array.from({ length: NONSENSE }, (_, n) => nonsense(n, random)),
      );
      const nothingAbsent = await nothingShare(shown, [...questions.absent.en, ...questions.absent.ko]);
      const both = ({ en, ko }: { en: string[]; ko: string[] }) => nothingShare(shown, [...en, ...ko]);
      const shares = {
        ...{ nothing, nothingAbsent, nothingOtherwise: await both(questions.otherwise) },
        nothingTogether: await both(questions.together),
      };
      const rows: PhotoRow[] = [];
      for (const [half, space] of ['photos, half to look at', 'photos, half held back'].entries())
        rows.push({ space, moments: nameOf.size, ...shares, ...(await askHalf(shown, half)) });
      return rows;
    } finally {
      await engine.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the photograph's own name by the copy's */
async function copyNeutral(photos: string, to: string): Promise<Map<string, string>> {
  await mkdir(to);
  const nameOf = new Map<string, string>();
  for (const name of (await readdir(photos)).toSorted()) {
    if (extname(name) === '.md') continue;
    const neutral = `IMG_${String(nameOf.size + 1).padStart(4, '0')}${extname(name)}`;
    nameOf.set(neutral, name);
    await copyFile(join(photos, name), join(to, neutral));
  }
  return nameOf;
}

type Shown = (text: string) => Promise<string[]>;

async function nothingShare(shown: Shown, texts: readonly string[]): Promise<number> {
  let count = 0;
  for (const text of texts) if ((await shown(text)).length === 0) count++;
  return count / texts.length;
}

async function askHalf(shown: Shown, half: number) {
  const own = questions.answered.filter((_, i) => i % 2 === half);
  let [asked, empty, first, right, all] = [0, 0, 0, 0, 0];
  for (const entry of own)
    for (const text of [...entry.en, ...entry.ko]) {
      const names = await shown(text);
      asked++;
      all += names.length;
      right += names.filter((name) => entry.right.includes(name)).length;
      if (names.length === 0) empty++;
      else if (entry.right.includes(names[0] ?? '')) first++;
    }
  return {
    ...{
      questions: asked,
      cutOff: empty / asked,
      firstRight: first / (asked - empty),
      precision: right / all,
    },
  };
}
