// Runs in the command line: reads a file of questions and what they should find. Serves `eval`.
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../contract/index.ts';

const Line = z
  .strictObject({
    query: z.string().optional(),
    image: z.string().min(1).optional(),
    relevant: z.array(z.string().min(1)),
  })
  .refine((line) => line.query !== undefined || line.image !== undefined, {
    error: 'needs a query, an image, or both',
  });

/** One question. */
export interface EvalCase {
  /** From 1, in the file. */
  readonly line: number;
  readonly query: string;
  /** As written: absolute, relative to the eval file, or the end of a path below a root. Null: none. */
  readonly image: string | null;
  /** Written like `image`; empty: nothing should match. */
  readonly relevant: readonly string[];
}

/**
 * Reads JSON lines `{"query"?: string, "image"?: path, "relevant": [path…]}`; empty lines are left out.
 *
 * @throws Failure INPUT_INVALID, naming the line
 */
export function parseCases(text: string): EvalCase[] {
  const cases: EvalCase[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const { query = '', image = null, relevant } = parseLine(line, index + 1);
    cases.push({ line: index + 1, query, image, relevant });
  }
  if (cases.length === 0) throw invalid('it holds no questions');
  return cases;
}

function parseLine(line: string, number: number): z.infer<typeof Line> {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    throw invalid(`line ${number} is not JSON`);
  }
  const parsed = Line.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : `${issue.path.join('.')} `;
  throw invalid(`line ${number}: ${where}${issue?.message ?? 'it has the wrong form'}`);
}

function invalid(detail: string): Failure {
  return new Failure(
    'INPUT_INVALID',
    `The eval file cannot be used: ${detail}.`,
    'Write one JSON object a line: {"query": "cat", "relevant": ["cat.jpg"]}.',
  );
}

/**
 * Which of the library's paths is meant by `written`: that very path, the one it gives beside the eval
 * file, or, where it ends only one of them, that one. Null where none or several could be meant.
 */
export function pathMeant(written: string, evalFile: string, paths: readonly string[]): string | null {
  const absolute = isAbsolute(written) ? written : resolve(dirname(evalFile), written);
  if (paths.includes(absolute)) return absolute;
  const end = `/${written.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')}`;
  const ending = paths.filter((path) => path.replaceAll('\\', '/').endsWith(end));
  return ending.length === 1 ? (ending[0] ?? null) : null;
}
