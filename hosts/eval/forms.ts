// Runs in the command line: M-BEIR's questions asked and judged, by the form of question and answer. Serves `eval`.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SearchPart, type SearchInput } from '../../contract/index.ts';
import { type Asked, type Candidate, modalityOf } from './mbeir.ts';
import { type Cell, table } from '../cli/table.ts';
import { type Answered, metricsOf, type Metrics } from './metrics.ts';
import type { FindCandidates } from './pool-library.ts';

/** How the questions of one form were answered; `all` are all of them. */
export interface FormRow {
  readonly event: 'form';
  /** "text to picture" and seven others, or `all`. */
  readonly form: string;
  /** The part of the ranking that was left out; null: none. */
  readonly without: SearchPart | null;
  readonly questions: number;
  readonly metrics: Pick<
    Metrics,
    'recallAt1' | 'recallAt5' | 'recallAt10' | 'mrr' | 'ndcgAt10' | 'shownRecall'
  >;
}

/** Ranked so far down; what stands behind is not found. */
const PLACES = 1_000;

/**
 * Every question is put to all candidates, whatever their kind, with nothing said about the kind of the answer.
 *
 * @param parts - parts of the ranking to leave out one after the other
 */
export async function evaluateForms(
  find: FindCandidates,
  questions: readonly Asked[],
  candidates: readonly Candidate[],
  options: { readonly folder: string; readonly parts: readonly SearchPart[] },
): Promise<FormRow[]> {
  const byDid = new Map(candidates.map((one) => [one.did, one]));
  const rows: FormRow[] = [];
  for (const without of [null, ...options.parts]) {
    const answers: { form: string; answer: Answered }[] = [];
    for (const question of questions) {
      const request = {
        ...(await requestOf(question, options.folder)),
        without: without === null ? [] : [without],
      };
      const shown = await find({ ...request, limit: PLACES });
      const ranked = await find({ ...request, limit: PLACES, all: true });
      const first = byDid.get(question.relevant[0] ?? '');
      const to = first === undefined ? 'nothing' : modalityOf(first);
      const answer = { relevant: question.relevant, ranked, shown };
      answers.push({ form: `${question.modality} to ${to}`, answer });
    }
    for (const form of [...new Set(answers.map((one) => one.form)), 'all']) {
      const own = answers.filter((one) => form === 'all' || one.form === form).map(({ answer }) => answer);
      const { recallAt1, recallAt5, recallAt10, mrr, ndcgAt10, shownRecall } = metricsOf(own);
      const metrics = { recallAt1, recallAt5, recallAt10, mrr, ndcgAt10, shownRecall };
      rows.push({ event: 'form', form, without, questions: own.length, metrics });
    }
  }
  return rows;
}

async function requestOf({ text, picture }: Asked, folder: string): Promise<SearchInput> {
  if (picture === null) return { text: text ?? '' };
  const data = new Blob([await readFile(resolve(folder, picture))]);
  return { text: text ?? '', images: [{ source: 'bytes', name: basename(picture), data }] };
}

/** A table of forms; then, where parts were left out, what each form's MRR is without them. */
export function formTables(rows: readonly FormRow[]): string {
  const whole = rows.filter(({ without }) => without === null);
  const first = table(
    ['form', 'questions', 'recall@1', '@5', '@10', 'MRR', 'nDCG@10', 'recall as shown'],
    whole.map(({ form, questions, metrics: of }): Cell[] => [
      ...[form, questions, of.recallAt1, of.recallAt5, of.recallAt10, of.mrr, of.ndcgAt10, of.shownRecall],
    ]),
  );
  const parts = [...new Set(rows.flatMap(({ without }) => without ?? []))];
  if (parts.length === 0) return first;
  const mrr = (form: string, part: SearchPart | null): Cell =>
    rows.find((row) => row.form === form && row.without === part)?.metrics.mrr ?? null;
  const second = table(
    ['MRR', ...whole.map(({ form }) => form)],
    [null, ...parts].map((part): Cell[] => [
      part === null ? 'everything' : `without ${part}`,
      ...whole.map(({ form }) => mrr(form, part)),
    ]),
  );
  return `${first}\n\n${second}`;
}

export const allParts: readonly SearchPart[] = SearchPart.options;
