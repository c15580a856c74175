// Runs in a worker thread: text to token ids as a pack's text model wants them. Only here @huggingface/tokenizers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { Manifest } from '../packs/manifest.ts';
import { misfit } from './output.ts';

/** Token ids of one batch of texts, `length` each, row after row. */
export interface TokenBatch {
  readonly length: number;
  readonly ids: readonly number[];
  /** 1 for tokens of the text, 0 for padding. */
  readonly mask: readonly number[];
}

/**
 * What is used of the package. Its own declarations import without file extensions, which Node's way of
 * resolving modules does not follow, so they cannot be read here.
 */
interface PackageTokenizer {
  token_to_id(token: string): number | undefined;
  encode(text: string): { readonly ids: readonly number[] };
}
const PackageTokenizer = Tokenizer as unknown as new (tokenizer: object, config: object) => PackageTokenizer;

export interface TextTokens {
  /** What is longer than the context is cut: see {@link pieces} for texts that must be read to their end. */
  encode(texts: readonly string[]): TokenBatch;
  /** A text as pieces that each fit the context; the text itself where it does. */
  pieces(text: string): string[];
}

/**
 * Loads a pack's tokenizer. Cutting and padding are done here, by the manifest: the tokenizer package
 * does neither, and cutting must keep the final special token, which the model reads its answer from.
 *
 * @throws Failure PACK_MANIFEST_INVALID when a file is not JSON or the pad token is unknown
 */
export async function loadTextTokens(folder: string, text: Manifest['text']): Promise<TextTokens> {
  const json = async (field: string, path: string): Promise<object> => {
    try {
      return JSON.parse(await readFile(join(folder, path), 'utf8')) as object;
    } catch (error) {
      throw misfit(`${field}: ${path} is not readable JSON (${error instanceof Error ? error.message : ''})`);
    }
  };
  const tokenizer = new PackageTokenizer(
    await json('text.tokenizer', text.tokenizer),
    await json('text.tokenizerConfig', text.tokenizerConfig),
  );
  const pad = tokenizer.token_to_id(text.padToken);
  if (pad === undefined) throw misfit(`text.padToken: the tokenizer has no token '${text.padToken}'`);
  const idsOf = (written: string): readonly number[] =>
    tokenizer.encode(text.lowercase ? written.toLowerCase() : written).ids;
  const piecesOf = (written: string): string[] => {
    if (idsOf(written).length <= text.contextLength) return [written];
    const [left, right] = halved(written);
    return right === '' ? [left] : [...piecesOf(left), ...piecesOf(right)];
  };
  return {
    pieces: piecesOf,
    encode(texts) {
      const cut = texts.map((written) => {
        const ids = idsOf(written);
        const final = ids.at(-1);
        if (ids.length <= text.contextLength || final === undefined) return ids;
        return [...ids.slice(0, text.contextLength - 1), final];
      });
      const length =
        text.padding === 'max-length' ? text.contextLength : Math.max(1, ...cut.map((ids) => ids.length));
      const padding = (ids: readonly number[], fill: number) =>
        new Array<number>(length - ids.length).fill(fill);
      return {
        length,
        ids: cut.flatMap((ids) => [...ids, ...padding(ids, pad)]),
        mask: cut.flatMap((ids) => [...ids.map(() => 1), ...padding(ids, 0)]),
      };
    },
  };
}

/** Two parts of a text, cut where it hurts least near its middle: after a sentence, a clause, a word, a letter. */
export function halved(text: string): readonly [string, string] {
  const middle = text.length / 2;
  for (const boundary of [/[.!?。！？…]["'”’)]*\s*/gu, /[,;:、，；：–—]\s*/gu, /\s+/gu, /(?=[^])/gu]) {
    const ends = [...text.matchAll(boundary)]
      .map((found) => found.index + found[0].length)
      // In the middle half: a cut near an end would take many steps.
      .filter((end) => end >= text.length / 4 && end <= (text.length * 3) / 4);
    const best = ends.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
    if (best !== undefined) return [text.slice(0, best).trim(), text.slice(best).trim()];
  }
  return [text, ''];
}
