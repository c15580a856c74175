// Runs in the command line: `bench cutoff`, how often "nothing matches" is said where nothing does and where something does.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SearchRequest } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { BUILT_IN, type SpaceInfo } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { wordsOfConcept } from '../../native-models/concepts/lexicon.ts';
import { builtInFolder } from '../library-folder.ts';
import { openEngine } from '../open-engine.ts';
import { clientOf } from '../rpc.ts';
import { alikeIn, conceptOf, type GapOptions, kinds, withLibrary } from './gap-library.ts';
import { generateLibrary } from './generated-library.ts';
import { nonsense } from './nonsense.ts';
import { randomFrom } from './pictures.ts';

const QUESTIONS = 300;

export interface CutoffOptions extends GapOptions {
  readonly note: (sentence: string) => void;
}

interface CutoffRow {
  readonly space: string;
  readonly moments: number;
  /** Of 300 questions without an answer, the share that said "nothing matches". */
  readonly nothing: number;
  /** Of 300 questions with an answer, the share that said so too. */
  readonly cutOff: number;
}

type IsNothing = (text: string) => Promise<boolean>;

/** Questions that the library cannot answer and such that it can, in small and large libraries. */
export async function benchCutoff(options: CutoffOptions, sizes: readonly number[]): Promise<CutoffRow[]> {
  const rows: CutoffRow[] = [];
  for (const size of sizes) {
    options.note(`A library of ${size} in the space with a gap …`);
    rows.push(await inTheGap(options, size));
    options.note(`A library of ${size} of the built-in pack …`);
    rows.push(await inConcepts(options, size));
  }
  return rows;
}

async function asked(
  options: CutoffOptions,
  isNothing: IsNothing,
  questions: { readonly without: (n: number) => string; readonly with: (n: number) => string },
): Promise<Pick<CutoffRow, 'nothing' | 'cutOff'>> {
  let [nothing, cutOff] = [0, 0];
  for (let n = 0; n < QUESTIONS; n++) {
    options.signal.throwIfAborted();
    if (await isNothing(questions.without(n))) nothing++;
    if (await isNothing(questions.with(n))) cutOff++;
  }
  return { nothing: nothing / QUESTIONS, cutOff: cutOff / QUESTIONS };
}

function inTheGap(options: CutoffOptions, size: number): Promise<CutoffRow> {
  const perKind = Math.ceil(size / kinds.length);
  const concepts = Math.max(1, Math.floor(Math.min(perKind, 1000) / 2 / alikeIn(perKind)));
  const random = randomFrom(size);
  return withLibrary(options, perKind, concepts, async ({ find }) => ({
    ...{ space: 'with a gap', moments: perKind * kinds.length },
    ...(await asked(
      options,
      async (text) => (await find(SearchRequest.parse({ text, limit: 1 }))).total === 0,
      {
        without: (n) => nonsense(n, random),
        with: (n) => conceptOf(kinds[n % kinds.length] ?? 'picture', Math.floor(n / kinds.length) % concepts),
      },
    )),
  }));
}

/** Half of the pack's concepts are in no picture of this library: their words have no answer. */
async function inConcepts(options: CutoffOptions, size: number): Promise<CutoffRow> {
  const folder = await mkdtemp(join(options.work, 'concepts-'));
  try {
    const packs = createPacks({
      ...{ packsFolder: join(folder, 'packs'), builtInFolder: builtInFolder(), log: options.log },
    });
    const encoder = await packs.open(BUILT_IN, { threads: 1 });
    await encoder.close();
    const { space } = encoder;
    const objects = space.concepts.flatMap((name, concept) => (name.includes(':') ? [] : [concept]));
    generateLibrary(folder, space, size, [], new Set(objects.filter((_, i) => i % 2 === 1)));
    const { there, absent } = wordsBy(space, highest(folder, space));
    const engine = await openEngine({ folder, holder: 'bench', watch: false });
    try {
      const client = clientOf(engine.library.router);
      const random = randomFrom(size);
      const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
      const counts = await asked(
        options,
        async (text) => (await client.search.find({ text, limit: 1 })).total === 0,
        { without: (n) => nonsense(n, random, absent), with: () => pick(there) },
      );
      return { space: 'built-in', moments: size, ...counts };
    } finally {
      await engine.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By concept: the highest relevance that any moment of a library has. */
function highest(folder: string, space: SpaceInfo): Float32Array {
  const most = new Float32Array(space.concepts.length);
  const database = openDatabase(folder);
  try {
    for (const { concepts } of database.vectors.open(space).all())
      for (const [concept, value] of concepts?.entries() ?? [])
        most[concept] = Math.max(most[concept] ?? 0, value / 255);
  } finally {
    database.close();
  }
  return most;
}

/** Words of both languages for concepts that are there, and for such that are not; what may mean either is neither. */
function wordsBy(space: SpaceInfo, most: Float32Array): { there: string[]; absent: string[] } {
  const words = (wanted: boolean): Set<string> =>
    new Set(
      space.concepts.flatMap((name, concept) =>
        name.includes(':') || (most[concept] ?? 0) >= 0.5 !== wanted ? [] : wordsOfConcept(name),
      ),
    );
  const [there, absent] = [words(true), words(false)];
  const only = (own: Set<string>, other: Set<string>) => [...own].filter((word) => !other.has(word));
  return { there: only(there, absent), absent: only(absent, there) };
}
