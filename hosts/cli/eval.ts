// Runs in the command line: `eval FILE`, the quality of answers as tables.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../contract/index.ts';
import { parseCases } from '../eval/cases.ts';
import { evaluate, type EvalRow } from '../eval/evaluate.ts';
import { metricsOf, type Metrics } from '../eval/metrics.ts';
import { WrongUse, type Call } from './command.ts';
import { withEngine } from './engine-session.ts';
import { table, type Cell } from './table.ts';
import { printable } from './text.ts';

/** Asks the library every question of the file; with `--json` a line per question, then one with the means. */
export async function run(call: Call): Promise<void> {
  const [file, ...rest] = call.args;
  if (file === undefined || rest.length > 0) throw new WrongUse('eval FILE');
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure('FILE_NOT_FOUND', `The eval file ${path} cannot be read.`, 'Check its path.', {
      cause,
    });
  });
  const cases = parseCases(text);
  await withEngine(call, async ({ client }) => {
    const rows = await evaluate((request) => client.search.find(request), path, cases, call.signal);
    const metrics = metricsOf(rows);
    for (const row of rows) call.output.object({ event: 'question', ...row });
    call.output.object({ event: 'done', questions: rows.length, ...metrics });
    call.output.line(questionTable(rows));
    call.output.line();
    call.output.line(metricTable(metrics));
  });
}

/** How a question went: what was shown that should be, that should not be, and where the order put it. */
function questionTable(rows: readonly EvalRow[]): string {
  return table(
    ['question', 'relevant', 'shown', 'right', 'P@5', 'R@10', 'MRR', 'nDCG@10'],
    rows.map((row): Cell[] => [
      printable(
        [row.query, row.image === null ? '' : `[${row.image}]`].filter((part) => part !== '').join(' '),
      ),
      row.relevant.length,
      row.shown.length,
      row.shown.filter((path) => row.relevant.includes(path)).length,
      row.precisionAt5,
      row.recallAt10,
      row.mrr,
      row.ndcgAt10,
    ]),
  );
}

const names: Readonly<Record<keyof Metrics, string>> = {
  recallAt1: 'recall@1',
  recallAt5: 'recall@5',
  recallAt10: 'recall@10',
  precisionAt5: 'precision@5',
  mrr: 'MRR',
  ndcgAt10: 'nDCG@10',
  shownPrecision: 'precision of what is shown',
  shownRecall: 'recall of what is shown',
  nothingWhenNothing: '"nothing matches" where nothing should',
  somethingWhenSomething: 'something shown where something should be',
  nothingRight: '"nothing matches" was right',
};

function metricTable(metrics: Metrics): string {
  const keys = Object.keys(names) as (keyof Metrics)[];
  return table(
    ['measure', 'mean'],
    keys.map((key): Cell[] => [names[key], metrics[key]?.toFixed(3) ?? null]),
  );
}
