// Runs by hand: copies an eval file's pictures under names that say nothing, so that only looking can find them.
// node scripts/neutral-names.ts EVAL_FILE PICTURES OUT: writes OUT/pictures/ and OUT/eval.jsonl.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const [evalFile, from, out] = process.argv.slice(2);
if (evalFile === undefined || from === undefined || out === undefined) {
  console.error('node scripts/neutral-names.ts EVAL_FILE PICTURES OUT');
  process.exit(2);
}

interface Question {
  readonly image?: string;
  readonly relevant: readonly string[];
}

const neutral = new Map<string, string>();
await mkdir(join(out, 'pictures'), { recursive: true });
for (const name of (await readdir(from)).toSorted()) {
  // Sources and licences lie beside pictures.
  if (extname(name) === '.md') continue;
  const other = `IMG_${String(neutral.size + 1).padStart(4, '0')}${extname(name)}`;
  neutral.set(name, other);
  await copyFile(join(from, name), join(out, 'pictures', other));
}

const renamed = (name: string): string => {
  const other = neutral.get(name);
  if (other === undefined) throw new Error(`${name} is not in ${from}.`);
  return other;
};
const lines = (await readFile(evalFile, 'utf8')).split('\n').filter((line) => line.trim() !== '');
const questions = lines.map((line) => {
  const question = JSON.parse(line) as Question;
  const { image, relevant } = question;
  return {
    ...question,
    relevant: relevant.map(renamed),
    ...(image === undefined ? {} : { image: renamed(image) }),
  };
});
await writeFile(
  join(out, 'eval.jsonl'),
  `${questions.map((question) => JSON.stringify(question)).join('\n')}\n`,
);
console.log(`${neutral.size} pictures and ${questions.length} questions in ${out}.`);
