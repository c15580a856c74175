// Runs in the command line: `eval FILE`, the quality of answers as tables.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../contract/index.ts';
import { BUILT_IN, type Log } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { parseCases } from '../eval/cases.ts';
import { evaluate, type EvalRow } from '../eval/evaluate.ts';
import { allParts, evaluateForms, formTables } from '../eval/forms.ts';
import { type Asked, isMbeir, parseCandidates, parseQuestions } from '../eval/mbeir.ts';
import { metricsOf, type Metrics } from '../eval/metrics.ts';
import { withPool } from '../eval/pool-library.ts';
import { builtInFolder } from '../library-folder.ts';
import { WrongUse, type Call } from './command.ts';
import { withEngine } from './engine-session.ts';
import { table, type Cell } from './table.ts';
import { printable } from './text.ts';

/** Asks the library every question of the file; with `--json` a line per question, then one with the means. */
export async function run(call: Call): Promise<void> {
  const { file, candidates, pack, parts } = read(call.args);
  const path = resolve(file);
  const text = await readText(path);
  if (isMbeir(text)) {
    if (candidates === undefined) throw new WrongUse(usage);
    const pool = resolve(candidates);
    await ofForms(call, { questions: parseQuestions(text), pool, pack, parts });
    return;
  }
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

const usage = 'eval FILE [--candidates POOL] [--pack FOLDER] [--parts]';

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { candidates: { type: 'string' }, pack: { type: 'string' }, parts: { type: 'boolean' } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new WrongUse(usage);
    return { file, candidates: values.candidates, pack: values.pack, parts: values.parts === true };
  } catch (error) {
    throw error instanceof WrongUse ? error : new WrongUse(usage);
  }
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure('FILE_NOT_FOUND', `The eval file ${path} cannot be read.`, 'Check its path.', {
      cause,
    });
  });
}

/** In a library of its own, made of the candidates; the one named by --library is not touched. */
async function ofForms(
  call: Call,
  asked: {
    readonly questions: readonly Asked[];
    readonly pool: string;
    readonly pack: string | undefined;
    readonly parts: boolean;
  },
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'afterimage-eval-packs-'));
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const packs = createPacks({ packsFolder: work, builtInFolder: builtInFolder(), log });
  try {
    const packId = asked.pack === undefined ? BUILT_IN : (await packs.import(resolve(asked.pack))).packId;
    const encoder = await packs.open(packId, { threads: availableParallelism() });
    try {
      const candidates = parseCandidates(await readText(asked.pool));
      const folder = dirname(asked.pool);
      const parts = asked.parts ? allParts : [];
      const rows = await withPool({ encoder, candidates, folder, log, signal: call.signal }, (find) =>
        evaluateForms(find, asked.questions, candidates, { folder, parts }),
      );
      for (const row of rows) call.output.object(row);
      call.output.object({ event: 'done', questions: asked.questions.length, candidates: candidates.length });
      call.output.line(formTables(rows));
    } finally {
      await encoder.close();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const quiet = (): void => undefined;

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
