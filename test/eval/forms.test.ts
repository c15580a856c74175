// Runs under Vitest: the eight forms of M-BEIR's questions, over generated and shared media, with the fixture encoder.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluateForms, type FormRow, formTables } from '../../hosts/eval/forms.ts';
import { parseCandidates, parseQuestions } from '../../hosts/eval/mbeir.ts';
import { withPool } from '../../hosts/eval/pool-library.ts';
import { createVectorEncoder } from '../support/fixture-encoder.ts';
import { silentLog } from '../support/fixture-library.ts';

const rgb = {
  red: [220, 30, 30],
  green: [40, 160, 50],
  blue: [40, 70, 210],
  yellow: [240, 220, 50],
  black: [10, 10, 10],
  white: [250, 250, 250],
} as const;
type Colour = keyof typeof rgb;
const colours = (Object.keys(rgb) as Colour[]).filter((one) => one !== 'black' && one !== 'white');
/** Every mixture of two and of three, as words. */
const mixtures = colours.flatMap((a, i) =>
  colours.slice(i + 1).flatMap((b, j) => [[a, b], ...colours.slice(i + j + 2).map((c) => [a, b, c])]),
) as Colour[][];
const topics = [
  'harbour',
  'wedding',
  'snow',
  'violin',
  'market',
  'garden',
  'engine',
  'letter',
  'bridge',
  'kite',
];

const shared = resolve(
  import.meta.dirname,
  '../..',
  process.env['AFTERIMAGE_SHARED'] ?? '../shared',
  'photos',
);
const withShared = existsSync(shared);
if (!withShared) console.log(`without the photos of ${shared}: fewer candidates stand in the way`);

let folder = '';
let rows: FormRow[] = [];
let candidateCount = 0;

/** Stripes of the colours, `turn` of them moved on: other pixels, the same shares. */
async function draw(name: string, mixture: readonly Colour[], turn: number): Promise<string> {
  const size = 60;
  const pixels = Buffer.alloc(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const stripe = Math.floor((x * mixture.length) / size);
      pixels.set(rgb[mixture[(stripe + turn) % mixture.length] ?? 'red'], (y * size + x) * 3);
    }
  await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toFile(join(folder, name));
  return name;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-forms-'));
  const candidates: object[] = [];
  const questions: object[] = [];
  const ask = (qid: string, query_txt: string | null, query_img_path: string | null, did: string) => {
    // Where a picture alone is asked with, only the instruction is in words.
    const query_modality = qid.startsWith('4') ? 'image' : undefined;
    questions.push({ qid, query_txt, query_img_path, query_modality, pos_cand_list: [did] });
  };
  for (const [n, mixture] of mixtures.entries()) {
    const words = mixture.join(' ');
    const topic = topics[n % topics.length] ?? '';
    candidates.push({ did: `p${n}`, txt: null, img_path: await draw(`p${n}.png`, mixture, 0) });
    candidates.push({ did: `t${n}`, txt: `a ${topic} in ${words}`, img_path: null });
    const both = await draw(`b${n}.png`, [...mixture, 'black'], 0);
    const otherBoth = await draw(`other${n}.png`, [...mixture, 'black'], 1);
    candidates.push({ did: `b${n}`, txt: `postcard of a ${topic}`, img_path: both });
    const example = await draw(`example${n}.png`, mixture, 1);
    // A picture that shows all but the last colour; the text says it.
    const most = await draw(`most${n}.png`, mixture.slice(0, -1), 0);
    ask(`1:${n}`, `photo of ${words}`, null, `p${n}`);
    ask(`2:${n}`, `recording where someone says ${topic} ${words}`, null, `t${n}`);
    ask(`3:${n}`, `photo of a postcard of a ${topic}`, null, `b${n}`);
    ask(`4:${n}`, 'type:audio', example, `t${n}`);
    ask(`5:${n}`, null, example, `p${n}`);
    ask(`6:${n}`, `recording of ${topic}`, example, `t${n}`);
    ask(`7:${n}`, `photo of ${mixture.at(-1) ?? ''}`, most, `p${n}`);
    ask(`8:${n}`, `postcard ${topic}`, otherBoth, `b${n}`);
  }
  // What is about none of it, as most of a library is about nothing that is asked for.
  for (let n = 0; n < 40; n++) {
    const greys = Array.from({ length: 5 + n }, (_, at): Colour =>
      at % (2 + (n % 7)) === 0 ? 'black' : 'white',
    );
    candidates.push({ did: `grey${n}`, txt: null, img_path: await draw(`grey${n}.png`, greys, 0) });
  }
  if (withShared)
    for (const name of readdirSync(shared).filter((one) => /\.(?:jpe?g|png|webp)$/u.test(one)))
      candidates.push({ did: name, txt: null, img_path: join(shared, name) });
  const lines = (all: readonly object[]): string => all.map((one) => JSON.stringify(one)).join('\n');
  const [asked, pool] = [parseQuestions(lines(questions)), parseCandidates(lines(candidates))];
  candidateCount = pool.length;
  rows = await withPool(
    {
      ...{ encoder: createVectorEncoder(256), candidates: pool, folder, log: silentLog },
      signal: new AbortController().signal,
    },
    (find) => evaluateForms(find, asked, pool, { folder, parts: ['meaning', 'words', 'intent'] }),
  );
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (form: string, without: FormRow['without'] = null) =>
  rows.find((row) => row.form === form && row.without === without)?.metrics;

test('every form is answered far better than by chance', () => {
  const forms = rows.filter((row) => row.without === null && row.form !== 'all');
  expect(forms.map(({ form }) => form).sort()).toEqual([
    ...['picture and text to picture', 'picture and text to picture and text', 'picture and text to text'],
    ...[
      'picture to picture',
      'picture to text',
      'text to picture',
      'text to picture and text',
      'text to text',
    ],
  ]);
  for (const { form, metrics } of forms) {
    const chance = 10 / candidateCount;
    expect.soft({ form, wide: (metrics.recallAt10 ?? 0) > 2.5 * chance }).toEqual({ form, wide: true });
    expect.soft({ form, first: (metrics.mrr ?? 0) > 0.5 }).toEqual({ form, first: true });
  }
});

test('without meaning, words or intent a form is answered worse', () => {
  const mrr = (form: string, without: FormRow['without']) => of(form, without)?.mrr ?? 0;
  expect(mrr('picture to picture', 'meaning')).toBeLessThan(mrr('picture to picture', null) - 0.3);
  expect(mrr('picture and text to picture and text', 'words')).toBeLessThan(
    mrr('picture and text to picture and text', null) - 0.1,
  );
  // Among the drawn ones alone hardly anything of another kind stands in the way of a picture.
  if (withShared) expect(mrr('text to picture', 'intent')).toBeLessThan(mrr('text to picture', null) - 0.1);
});

test.skipIf(!withShared)('the table in docs/search.md is what comes out', () => {
  const path = new URL('../../docs/search.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const made = text.replace(
    /(<!-- forms -->\n)[^]*?(<!-- \/forms -->)/u,
    (_, start: string, end: string) => `${start}\n\`\`\`text\n${formTables(rows)}\n\`\`\`\n\n${end}`,
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  else expect(text).toBe(made);
});
