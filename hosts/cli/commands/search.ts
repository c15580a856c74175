// Runs in the command line: `search` finds by words, by pictures, or by both.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  Failure,
  type ImageQueryInput,
  ItemKind,
  type Result,
  type SearchAnswer,
  type SearchInput,
  whyText,
} from '../../../contract/index.ts';
import { texts, type Call, type Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { queryText } from '../query-text.ts';
import { clock, percent, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const request: SearchInput = {
      text: queryText(call),
      images: await Promise.all([
        ...texts(call.options['image']).map((path) => readImage(path, false)),
        ...texts(call.options['notImage']).map((path) => readImage(path, true)),
      ]),
      kinds: texts(call.options['kind']).map((kind) => ItemKind.parse(kind)),
      all: call.options['all'] === true,
      ...(typeof call.options['limit'] === 'number' ? { limit: call.options['limit'] } : {}),
    };
    const answer = await client.search.find(request, { signal: call.signal });
    if (call.output.json) call.output.object(answerObject(answer));
    else sayAnswer(call, answer, (await client.status()).items);
  });

/** A part of a picture as W3C's Media Fragments write it: `cat.jpg#xywh=percent:10,20,30,40`. */
const fragment = /#xywh=percent:([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/;

async function readImage(given: string, negative: boolean): Promise<ImageQueryInput> {
  const path = given.replace(fragment, '');
  const [x = 0, y = 0, width = 1, height = 1] =
    fragment
      .exec(given)
      ?.slice(1)
      .map((percents) => Number(percents) / 100) ?? [];
  const part = path === given ? null : { x, y, width, height };
  try {
    return { source: 'bytes', name: basename(path), data: new Blob([await readFile(path)]), negative, part };
  } catch (error) {
    throw new Failure(
      'QUERY_IMAGE_UNREADABLE',
      `The picture ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
      'Look at its path and permissions.',
      { cause: error },
    );
  }
}

/** The answer with the fields that the command line promises. */
export function answerObject({ query, plan, tookMs, total, results, nearest }: SearchAnswer): object {
  return {
    query,
    plan,
    tookMs,
    total,
    results: results.map(resultObject),
    nearest: nearest.map(resultObject),
  };
}

function resultObject({ itemId, path, kind, relevance, why, moments }: Result): object {
  return {
    itemId,
    path,
    kind,
    relevance,
    why: why.map(({ kind: of, text }) => ({ kind: of, text })),
    moments: moments.map((moment) => ({
      kind: moment.kind,
      startMs: moment.startMs,
      endMs: moment.endMs,
      relevance: moment.relevance,
      text: moment.text,
    })),
  };
}

function sayAnswer({ output, say }: Call, answer: SearchAnswer, items: number): void {
  for (const word of answer.plan.unknown) output.note(say('search.unknown', { word: printable(word) }));
  for (const { word, as } of answer.plan.weak)
    output.note(say('search.weak', { word: printable(word), as: printable(as) }));
  for (const result of answer.results) output.line(resultLine(result, say.language));
  if (answer.results.length > 0) {
    const { total, results, tookMs } = answer;
    output.note(say('search.results', { shown: results.length, total, ms: tookMs.toFixed(0) }));
    return;
  }
  const query = printable(answer.query.trim());
  if (items === 0) output.line(say('search.empty'));
  else if (query === '') output.line(say('search.nothing-at-all'));
  else output.line(say('search.nothing', { query }));
  if (answer.nearest.length === 0) return;
  output.line();
  output.line(say('search.nearest'));
  for (const result of answer.nearest) output.line(resultLine(result, say.language));
}

function resultLine({ relevance, path, why, moments }: Result, language: string): string {
  const reasons = why.map((one) => printable(whyText(one, language))).join(', ');
  const timed = moments.filter((moment) => moment.startMs !== null || moment.text !== null).slice(0, 3);
  const lines = timed.map(({ startMs, endMs, text }) => {
    const when = startMs === null ? '' : `${clock(startMs)} – ${clock(endMs ?? startMs)} `;
    return `       ${when}${printable(text ?? '')}`.trimEnd();
  });
  const head = `${percent(relevance).padStart(5)}  ${printable(path)}`;
  return [reasons === '' ? head : `${head}\n       ${reasons}`, ...lines].join('\n');
}
