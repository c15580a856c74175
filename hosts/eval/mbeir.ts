// Runs in the command line: reads questions and candidates in the form of M-BEIR. Serves `eval`.
import { z } from 'zod';
import { Failure } from '../../contract/index.ts';

/** Written as ids alone, or as objects with one. */
const Dids = z
  .array(z.union([z.string(), z.object({ did: z.string() })]))
  .transform((list) => list.map((one) => (typeof one === 'string' ? one : one.did)));
/** Absent, null and '' all say that there is none. */
const Maybe = z
  .string()
  .nullish()
  .transform((text) => (text == null || text === '' ? null : text));

const Question = z.object({
  qid: z.string(),
  query_txt: Maybe,
  query_img_path: Maybe,
  query_modality: z.string().optional(),
  pos_cand_list: Dids,
  neg_cand_list: Dids.default([]),
});
const CandidateLine = z.object({
  did: z.string(),
  txt: Maybe,
  img_path: Maybe,
  modality: z.string().optional(),
});

export type Modality = 'text' | 'picture' | 'picture and text';

export interface Asked {
  readonly qid: string;
  readonly text: string | null;
  /** Relative to the file of candidates. */
  readonly picture: string | null;
  readonly relevant: readonly string[];
  /** Of the question, as the file says; what there is of text may be an instruction alone. */
  readonly modality: Modality;
}

export interface Candidate {
  readonly did: string;
  readonly text: string | null;
  readonly picture: string | null;
}

const modalities: Readonly<Record<string, Modality>> = {
  ...{ text: 'text', image: 'picture', 'image,text': 'picture and text' },
};

export const modalityOf = ({ text, picture }: { text: string | null; picture: string | null }): Modality =>
  picture === null ? 'text' : text === null ? 'picture' : 'picture and text';

/** Whether a file of questions is written so. */
export const isMbeir = (text: string): boolean => /^\s*\{[^\n]*"qid"\s*:/u.test(text);

/** Throws Failure INPUT_INVALID, naming the line. */
export function parseQuestions(text: string): Asked[] {
  return lines(text, Question, ({ qid, query_txt, query_img_path, query_modality, pos_cand_list }) =>
    query_txt === null && query_img_path === null
      ? null
      : {
          ...{ qid, text: query_txt, picture: query_img_path, relevant: pos_cand_list },
          modality:
            modalities[query_modality ?? ''] ?? modalityOf({ text: query_txt, picture: query_img_path }),
        },
  );
}

/** Throws Failure INPUT_INVALID, naming the line. */
export function parseCandidates(text: string): Candidate[] {
  return lines(text, CandidateLine, ({ did, txt, img_path }) =>
    txt === null && img_path === null ? null : { did, text: txt, picture: img_path },
  );
}

function lines<S extends z.ZodType, T>(text: string, schema: S, to: (line: z.infer<S>) => T | null): T[] {
  return text.split(/\r?\n/u).flatMap((line, at) => {
    if (line.trim() === '') return [];
    let data: unknown;
    try {
      data = JSON.parse(line);
    } catch {
      throw invalid(at, 'it is not JSON');
    }
    const parsed = schema.safeParse(data);
    const issue = parsed.error?.issues[0];
    if (!parsed.success) throw invalid(at, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    const made = to(parsed.data);
    if (made === null) throw invalid(at, 'it has neither text nor picture');
    return [made];
  });
}

const invalid = (at: number, detail: string): Failure =>
  new Failure(
    'INPUT_INVALID',
    `Line ${at + 1} of a file in the form of M-BEIR cannot be used: ${detail}.`,
    'A question has qid, query_txt, query_img_path and pos_cand_list; a candidate did, txt and img_path.',
  );
