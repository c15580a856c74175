// Runs in the command line: `bench ingest`, `search`, `vectors`, `keyframes`, `voices`, `fusion`, `cutoff`, as tables.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Log } from '../../library/ports.ts';
import { benchIngest, type IngestResult } from '../bench/ingest.ts';
import { benchKeyframes, type CutsRow, type SpeedRow } from '../bench/keyframes.ts';
import { benchCutoff } from '../bench/cutoff.ts';
import { benchFusion } from '../bench/fusion.ts';
import { benchPhotos, photosFolder } from '../bench/photo-questions.ts';
import { benchSearch, type SearchRow } from '../bench/search.ts';
import { benchVectors, type VectorsResult } from '../bench/vectors.ts';
import { benchVoices } from '../bench/voices.ts';
import { WrongUse, type Call } from './command.ts';
import { table, type Cell } from './table.ts';

const usage =
  'bench ingest [--pictures N] [--megapixels M | --small] [--pack FOLDER] [--alone N] [--work DIR]; ' +
  'bench search [--items N] [--tries N] [--pack FOLDER] [--work DIR]; ' +
  'bench vectors [--moments N] [--work DIR]; ' +
  'bench keyframes [--seconds N] [--work DIR]; bench voices [--seconds N]; bench fusion; bench cutoff [--items N]';

/** What is measured here is said on stderr; what the parts log in passing is of no use. */
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Measures in folders of its own; the library named by --library is not touched. */
export async function run(call: Call): Promise<void> {
  const { what, values } = read(call.args);
  const given = values.work;
  const work = given === undefined ? await mkdtemp(join(tmpdir(), 'afterimage-bench-')) : resolve(given);
  await mkdir(work, { recursive: true });
  const shared = {
    ...{ work, log: silent, signal: call.signal, note: (sentence: string) => call.output.note(sentence) },
    pack: values.pack === undefined ? null : resolve(values.pack),
  };
  try {
    if (what === 'ingest') {
      const pictures = count(values.pictures, 2_000);
      const result = await benchIngest({
        ...shared,
        pictures,
        megapixels: values.small === true ? 'small' : count(values.megapixels, 12),
        alone: Math.min(pictures, count(values.alone, 200)),
      });
      call.output.object(result);
      call.output.line(ingestTable(result));
    } else if (what === 'vectors') {
      const result = await benchVectors({ ...shared, moments: count(values.moments, 100_000) });
      call.output.object(result);
      call.output.line(vectorsTable(result));
    } else if (what === 'keyframes') {
      const rows = await benchKeyframes({ ...shared, seconds: count(values.seconds, 120) });
      for (const row of rows) call.output.object(row);
      call.output.line(keyframesTable(rows));
    } else if (what === 'voices') {
      const row = await benchVoices({ ...shared, seconds: count(values.seconds, 600) });
      call.output.object(row);
      call.output.line(
        table(
          ['sound, s', 'voices, ms', 'processor', 'times real time', 'loudness alone, ms'],
          [[row.seconds, row.wallMs, row.cpuMs, row.timesRealTime, row.loudnessMs]],
        ),
      );
    } else if (what === 'fusion') {
      const rows = await benchFusion(shared);
      for (const row of rows) call.output.object(row);
      const cells = rows.map(({ ranking, recallAt10: at, intrusions }): Cell[] => [
        ...[ranking, at.picture, at.keyframe, at.sentence, intrusions],
      ]);
      const heads = ['ranking', 'recall@10 pictures', 'keyframes', 'sentences', 'of another kind'];
      call.output.line(table(heads, cells));
    } else if (what === 'cutoff') {
      const sizes = values.items === undefined ? [50, 50_000] : [count(values.items, 50)];
      const rows = await benchCutoff(shared, sizes);
      for (const row of rows) call.output.object(row);
      const cells = rows.map((row): Cell[] => [row.space, row.moments, row.nothing, row.cutOff]);
      call.output.line(
        table(['space', 'moments', '"nothing matches" where nothing does', 'cut off wrongly'], cells),
      );
      await photoRows(call, shared);
    } else {
      const rows = await benchSearch({
        ...shared,
        items: count(values.items, 100_000),
        tries: count(values.tries, 100),
      });
      for (const row of rows) call.output.object(row);
      call.output.line(searchTable(rows));
    }
  } finally {
    if (given === undefined) await rm(work, { recursive: true, force: true });
  }
}

/** The built-in pack over real photographs, where there are any; a line otherwise. */
async function photoRows(call: Call, shared: { readonly work: string; readonly signal: AbortSignal }) {
  const photos = photosFolder();
  if (photos === null) {
    call.output.note('Without the folder of sample photographs the built-in pack is not asked about them.');
    return;
  }
  call.output.note('The sample photographs, under names that say nothing …');
  const rows = await benchPhotos(shared, photos);
  for (const row of rows) call.output.object(row);
  const cells = rows.map((row): Cell[] => [
    ...[row.space, row.questions, row.nothing, row.nothingAbsent, row.nothingOtherwise, row.nothingTogether],
    ...[row.cutOff, row.firstRight, row.precision],
  ]);
  const heads = [
    'built-in',
    'questions',
    '"nothing matches": nonsense',
    'known, not there',
    'other colour',
    'not together',
  ];
  call.output.line(table([...heads, 'cut off wrongly', 'first right', 'precision'], cells));
}

const texts = [
  'pictures',
  'megapixels',
  'pack',
  'alone',
  'work',
  'items',
  'tries',
  'moments',
  'seconds',
] as const;

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...(Object.fromEntries(texts.map((name) => [name, { type: 'string' }])) as Record<
          (typeof texts)[number],
          { type: 'string' }
        >),
        small: { type: 'boolean' },
      },
    });
    const [what, ...rest] = positionals;
    const known = (['ingest', 'search', 'vectors', 'keyframes', 'voices', 'fusion', 'cutoff'] as const).find(
      (one) => one === what,
    );
    if (known === undefined || rest.length > 0) throw new WrongUse(usage);
    return { what: known, values };
  } catch (error) {
    throw error instanceof WrongUse ? error : new WrongUse(usage);
  }
}

function count(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0)) throw new WrongUse(usage);
  return value;
}

const megabytes = (bytes: number | null): number | null => (bytes === null ? null : Math.round(bytes / 1e6));

function ingestTable(result: IngestResult): string {
  const { memory } = result;
  const rows: Cell[][] = [
    ['decoding alone, ms a picture', result.decode.wallMs, result.decode.cpuMs],
    [
      'decoding and preview alone, ms a picture',
      result.decodeAndPreview.wallMs,
      result.decodeAndPreview.cpuMs,
    ],
    ['encoding alone, ms a picture', result.encode.wallMs, result.encode.cpuMs],
    ['`add`, ms a picture', result.add.wallMs, result.add.cpuMs],
    ['(decoding + encoding) / `add`', result.share.wall, result.share.cpu],
    ['(decoding, preview + encoding) / `add`', result.shareWithPreviews.wall, result.shareWithPreviews.cpu],
    ['`add`, seconds', result.wallSeconds, null],
    ['pictures added', result.added, null],
    ['errors', result.errors, null],
    ['resident memory of all processes at most, MB', megabytes(memory.maxBytes), null],
    ...memory.quarterMaxBytes.map((bytes, at): Cell[] => [
      `  in quarter ${at + 1} of the time, MB`,
      megabytes(bytes),
      null,
    ]),
    ['processes at most', memory.processes, null],
  ];
  return table([`ingest of ${result.pictures} pictures, pack ${result.pack}`, 'clock', 'processor'], rows);
}

function searchTable(rows: readonly SearchRow[]): string {
  return table(
    [
      'pack',
      'search',
      'p50 ms',
      'p95 ms',
      'max ms',
      'p50 indexing',
      'p95 indexing',
      'p95 ratio',
      'plain form',
      'its p50',
      'p50 / plain',
    ],
    rows.map(({ pack, sort, idle, indexing, plain }): Cell[] => [
      ...[pack, sort, idle.p50, idle.p95, idle.max, indexing.p50, indexing.p95, indexing.p95 / idle.p95],
      ...[plain?.name ?? null, plain?.p50 ?? null, plain === null ? null : idle.p50 / plain.p50],
    ]),
  );
}

function vectorsTable({ rows, moments, putSeconds, openMs, memoryBytes }: VectorsResult): string {
  const own = rows[0]?.times.p50 ?? Number.NaN;
  const cells = rows.map(({ moments, search, times, recall, worst, stale }): Cell[] => [
    ...[search, moments, times.p50, times.p95, recall, worst, stale, times.p50 / own],
  ]);
  const whole: Cell[][] = [
    ['putting all into memory, s', putSeconds],
    ['opening, ms', openMs],
    ['memory, MB', megabytes(memoryBytes)],
  ];
  return [
    table(['the nearest 100', 'of', 'p50 ms', 'p95 ms', 'recall', 'at worst', 'stale', 'p50 / first'], cells),
    table([`${moments} moments`, ''], whole),
  ].join('\n\n');
}

function keyframesTable(rows: readonly (CutsRow | SpeedRow)[]): string {
  return rows
    .map((row) =>
      row.measure === 'cuts'
        ? table(
            [
              'cuts, dissolves, fades',
              'found',
              'precision',
              'recall',
              'long shots',
              'with keyframe',
              'with two',
            ],
            [[row.cuts, row.found, row.precision, row.recall, row.shots, row.shown, row.twice]],
          )
        : table(
            [`${row.film} (decodes ${row.decode})`, ''],
            [
              ['length, s', row.seconds],
              ['keyframes', row.keyframes],
              ['decoding alone, ms', row.decodeAloneMs],
              ['encoding alone, ms', row.encodeAloneMs],
              ['both at once, ms', row.wallMs],
              ['(decoding + encoding) / both at once', row.share],
              ['times real time', row.timesRealTime],
            ],
          ),
    )
    .join('\n\n');
}
