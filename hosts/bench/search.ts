// Runs in the command line: how long searches take over a large library, idle and while indexing runs.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackId, SearchInput } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { BUILT_IN, type Log, type SpaceInfo } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { builtInFolder } from '../library-folder.ts';
import { openEngine } from '../open-engine.ts';
import { clientOf, type EngineClient } from '../rpc.ts';
import { generatedWords, generateLibrary } from './generated-library.ts';
import { latenciesOf, type Latencies } from './percentiles.ts';
import { largePictures, randomFrom, writePictures } from './pictures.ts';
import { plainForms } from './plain-forms.ts';

/** Enough that indexing outlasts the searches. */
const PICTURES_PER_TRY = 8;

export interface SearchBenchOptions {
  readonly items: number;
  /** Searches of each sort. */
  readonly tries: number;
  /** Folder of a pack to measure beside the built-in one. */
  readonly pack: string | null;
  readonly work: string;
  readonly note: (sentence: string) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface SearchRow {
  readonly pack: PackId;
  readonly sort: string;
  readonly idle: Latencies;
  /** The same searches while pictures are indexed in the same process. */
  readonly indexing: Latencies;
  /** A plain form of the same question in the same run: its name and its p50, milliseconds. */
  readonly plain: { readonly name: string; readonly p50: number } | null;
}

/** Words that the built-in pack knows, so that its searches have something to do. */
const known = [
  'cat',
  'dog',
  'car',
  'red',
  'blue',
  'bird',
  'food',
  'city',
  'people',
  'water',
  'clock',
  'dark',
];

interface Sort {
  readonly name: string;
  readonly request: (at: number) => SearchInput;
  readonly plain: keyof ReturnType<typeof plainForms> | null;
}

/** No question twice: what was asked before is cached, and would be measured as that. */
function sortsOf(packId: PackId, client: EngineClient): { sorts: Sort[]; prepare: () => Promise<void> } {
  let itemIds: Awaited<ReturnType<EngineClient['search']['find']>>['results'][number]['itemId'][] = [];
  const texts = packId === BUILT_IN ? known : generatedWords;
  const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? '';
  const pair = (at: number): [string, string] => [
    pick(texts, at),
    pick(texts, Math.floor(at / texts.length) + at + 1),
  ];
  const two = (at: number): string => pair(at).join(' ');
  const twoTurned = (at: number): string => pair(at).toReversed().join(' ');
  const sorts: Sort[] = [
    { name: 'text', request: (at) => ({ text: two(at) }), plain: 'floatScan' },
    {
      name: 'text, quoted word',
      request: (at) => ({ text: `"${pick(generatedWords, at)}"` }),
      plain: 'like',
    },
    {
      name: 'text and filters',
      request: (at) => ({ text: `${twoTurned(at)} camera:canon after:2012 before:${2016 + (at % 7)}` }),
      plain: 'floatScan',
    },
    {
      name: 'picture of the library',
      request: (at) => {
        const itemId = itemIds[at % itemIds.length];
        return itemId === undefined ? {} : { images: [{ source: 'item', itemId }] };
      },
      plain: 'vec0',
    },
    {
      name: 'filters alone',
      request: (at) => ({ text: `camera:nikon rating:>=4 after:${2010 + (at % 10)}` }),
      plain: null,
    },
    { name: 'everything, newest first', request: (at) => ({ offset: at * 50, limit: 50 }), plain: 'newest' },
  ];
  return {
    sorts,
    async prepare() {
      const answer = await client.search.find({ limit: 500 });
      itemIds = answer.results.map((result) => result.itemId);
    },
  };
}

export async function benchSearch(options: SearchBenchOptions): Promise<SearchRow[]> {
  const rows: SearchRow[] = [];
  const pictures = join(options.work, 'while-indexing');
  options.note('Writing pictures to index meanwhile …');
  await writePictures(largePictures(3), options.tries * PICTURES_PER_TRY, pictures);
  for (const pack of options.pack === null ? [null] : [null, options.pack])
    rows.push(...(await benchPack(options, pack, pictures)));
  return rows;
}

async function benchPack(
  options: SearchBenchOptions,
  packFolder: string | null,
  pictures: string,
): Promise<SearchRow[]> {
  const { items, tries, note, log, signal } = options;
  const library = await mkdtemp(join(options.work, 'library-'));
  try {
    const space = await spaceOf(library, packFolder, log);
    note(`Generating ${items} items for ${space.packId} …`);
    generateLibrary(library, space, items);
    const engine = await openEngine({ folder: library, holder: 'bench', watch: false });
    const measured: { sort: Sort; idle: Latencies; indexing: Latencies }[] = [];
    try {
      const client = clientOf(engine.library.router);
      const { sorts, prepare } = sortsOf(space.packId, client);
      await prepare();
      const idle = new Map<string, Latencies>();
      for (const sort of sorts) {
        note(`${space.packId}: ${sort.name} …`);
        // The first search loads what the others use: it is the start's cost and told apart.
        await client.search.find(sort.request(tries * 2));
        idle.set(sort.name, await timed(client, sort, 0, tries, signal));
      }
      const { rootId } = await client.roots.add({ path: pictures });
      const stopping = new AbortController();
      const indexing = engine.library
        .index({ rootIds: [rootId], signal: stopping.signal })
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) throw error;
        });
      note(`${space.packId}: the same while indexing …`);
      await untilEncoding(client);
      for (const sort of sorts) {
        const busy = await timed(client, sort, tries, tries, signal);
        const still = idle.get(sort.name);
        if (still !== undefined) measured.push({ sort, idle: still, indexing: busy });
      }
      const { queue } = await client.status();
      if (queue === 0) note('Indexing ended before the searches did: the last rows were measured idle.');
      stopping.abort();
      await indexing;
    } finally {
      await engine.close();
    }
    return withPlain(library, space, measured, Math.min(tries, 20));
  } finally {
    await rm(library, { recursive: true, force: true });
  }
}

/** Imports the pack, if it is one, and tells its space. */
async function spaceOf(library: string, folder: string | null, log: Log): Promise<SpaceInfo> {
  const packs = createPacks({ packsFolder: join(library, 'packs'), builtInFolder: builtInFolder(), log });
  const packId = folder === null ? BUILT_IN : (await packs.import(folder)).packId;
  const encoder = await packs.open(packId, { threads: 1 });
  await encoder.close();
  return encoder.space;
}

async function untilEncoding(client: EngineClient): Promise<void> {
  const before = (await client.status()).items;
  while ((await client.status()).items <= before) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function timed(
  client: EngineClient,
  sort: Sort,
  from: number,
  tries: number,
  signal: AbortSignal,
): Promise<Latencies> {
  const milliseconds: number[] = [];
  for (let at = from; at < from + tries; at++) {
    signal.throwIfAborted();
    const request = sort.request(at);
    const startMs = performance.now();
    await client.search.find(request);
    milliseconds.push(performance.now() - startMs);
    // As between two strokes of a key: what waits gets its turn.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return latenciesOf(milliseconds);
}

function withPlain(
  library: string,
  space: SpaceInfo,
  measured: readonly { sort: Sort; idle: Latencies; indexing: Latencies }[],
  tries: number,
): SearchRow[] {
  const database = openDatabase(library);
  try {
    const forms = plainForms(database, space);
    const random = randomFrom(99);
    const p50Of = (name: keyof typeof forms): number => {
      const milliseconds = Array.from({ length: tries }, (_, at) => {
        const vector = Float32Array.from({ length: space.dimensions }, () => random() - 0.5);
        const startMs = performance.now();
        if (name === 'like') forms.like(generatedWords[at % generatedWords.length] ?? '');
        else if (name === 'newest') forms.newest();
        else forms[name](vector);
        return performance.now() - startMs;
      });
      return latenciesOf(milliseconds).p50;
    };
    return measured.map(({ sort, idle, indexing }) => ({
      ...{ pack: space.packId, sort: sort.name, idle, indexing },
      plain: sort.plain === null ? null : { name: sort.plain, p50: p50Of(sort.plain) },
    }));
  } finally {
    database.close();
  }
}
