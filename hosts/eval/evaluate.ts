// Runs in the command line: asks an engine the questions of an eval file and judges the answers.
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { Failure, type SearchAnswer, type SearchInput } from '../../contract/index.ts';
import { pathMeant, type EvalCase } from './cases.ts';
import { ndcgAt, precisionAt, recallAt, reciprocalRank, type Answered } from './metrics.ts';

/** What is asked of an engine: `search.find` of the contract. */
export type Find = (request: SearchInput) => Promise<SearchAnswer>;

/** One question with its answer, judged. */
export interface EvalRow extends Answered {
  readonly line: number;
  readonly query: string;
  readonly image: string | null;
  readonly recallAt10: number | null;
  readonly precisionAt5: number | null;
  readonly mrr: number | null;
  readonly ndcgAt10: number | null;
  /** Of the search in the engine that gave `shown`, milliseconds. */
  readonly tookMs: number;
}

/** More than any eval file asks to be ranked; the contract's bound. */
const EVERYTHING = 5_000;

/**
 * Asks each question twice: with the cut-off (what is shown) and without it (the order behind).
 *
 * @param evalFile - absolute path of the file that `cases` came from
 * @throws Failure INPUT_INVALID when a path of the file is in no root of the library
 */
export async function evaluate(
  find: Find,
  evalFile: string,
  cases: readonly EvalCase[],
  signal?: AbortSignal,
): Promise<EvalRow[]> {
  const everything = await find({ text: '', limit: EVERYTHING });
  const paths = everything.results.map((result) => result.path);
  const rows: EvalRow[] = [];
  for (const one of cases) {
    signal?.throwIfAborted();
    const relevant = one.relevant.map((path) => meant(path, one.line, evalFile, paths));
    const request = { text: one.query, images: await imagesOf(one, evalFile, paths), limit: EVERYTHING };
    const shown = await find(request);
    const ranked = await find({ ...request, all: true });
    const answered: Answered = {
      relevant,
      ranked: ranked.results.map((result) => result.path),
      shown: shown.results.map((result) => result.path),
    };
    const judge = (metric: (answer: Answered) => number) => (relevant.length > 0 ? metric(answered) : null);
    rows.push({
      line: one.line,
      query: one.query,
      image: one.image,
      ...answered,
      recallAt10: judge((answer) => recallAt(10, answer)),
      precisionAt5: judge((answer) => precisionAt(5, answer)),
      mrr: judge(reciprocalRank),
      ndcgAt10: judge((answer) => ndcgAt(10, answer)),
      tookMs: shown.tookMs,
    });
  }
  return rows;
}

async function imagesOf(one: EvalCase, evalFile: string, paths: readonly string[]) {
  if (one.image === null) return [];
  const beside = isAbsolute(one.image) ? one.image : resolve(dirname(evalFile), one.image);
  const path = pathMeant(one.image, evalFile, paths) ?? beside;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unknownPath(one.image ?? '', one.line, cause);
  });
  return [{ source: 'bytes' as const, name: basename(path), data: new Blob([bytes]) }];
}

function meant(written: string, line: number, evalFile: string, paths: readonly string[]): string {
  const path = pathMeant(written, evalFile, paths);
  if (path === null) throw unknownPath(written, line);
  return path;
}

function unknownPath(written: string, line: number, cause?: unknown): Failure {
  return new Failure(
    'INPUT_INVALID',
    `Line ${line} of the eval file names ${written}, which is not (or not only once) in the library.`,
    'Add the folder it lies in, or write more of its path.',
    { cause },
  );
}
