// Runs in a worker thread: texts to vectors through a pack's text model.
import { join } from 'node:path';
import type { Manifest } from '../packs/manifest.ts';
import type { Tower } from '../runtime/messages.ts';
import { loadModel, type Model, type PlainTensor } from '../runtime/model-runtime.ts';
import { checkNames, extraFeeds, normalised, toVectors } from './output.ts';
import { loadTextTokens, type TextTokens } from './tokenizer.ts';

/** Rows given to the text model at once. */
const BATCH = 8;

/**
 * The prompts of one text: the manifest's templates of the language it is written in, else the text.
 * Hangul asks for `ko`; other scripts cannot be told apart by sight and ask for `en` when they are Latin.
 */
export function promptsOf(text: string, templates: Manifest['promptTemplates']): string[] {
  const language = /\p{Script=Hangul}/u.test(text)
    ? 'ko'
    : /^[\p{Script=Latin}\P{L}]*$/u.test(text)
      ? 'en'
      : '';
  const own = templates[language] ?? templates['*'] ?? [];
  return own.length === 0 ? [text] : own.map((template) => template.replaceAll('{}', () => text));
}

/** Opens the text model of a pack. Throws Failure PACK_MANIFEST_INVALID or MODEL_FAILED. */
export async function openTextTower(opening: {
  folder: string;
  manifest: Manifest;
  threads: number;
}): Promise<Tower> {
  const { folder, manifest, threads } = opening;
  const { text } = manifest;
  const tokens = await loadTextTokens(folder, text);
  const model = await loadModel(join(folder, text.model), threads);
  const fields: Record<string, string> = { 'text.inputs.ids': text.inputs.ids };
  if (text.inputs.mask !== undefined) fields['text.inputs.mask'] = text.inputs.mask;
  if (text.inputs.typeIds !== undefined) fields['text.inputs.typeIds'] = text.inputs.typeIds;
  text.extraInputs.forEach((extra, i) => (fields[`text.extraInputs.${String(i)}`] = extra.name));
  checkNames(model, fields, { field: 'text.output', name: text.output });
  return {
    async encodeTexts(texts) {
      const prompts = texts.map((one) => promptsOf(one, manifest.promptTemplates));
      const rows = await encodeRows(model, tokens, manifest, prompts.flat());
      let at = 0;
      return prompts.map(({ length }) => meanOf(rows.slice(at, (at += length))));
    },
    async encodeSentences(texts) {
      const pieces = texts.map((one) => tokens.pieces(one));
      const rows = await encodeRows(model, tokens, manifest, pieces.flat());
      let at = 0;
      return pieces.map(({ length }) => meanOf(rows.slice(at, (at += length))));
    },
    close: () => model.close(),
  };
}

/** One vector per row of text, exactly as written. */
async function encodeRows(
  model: Model,
  tokens: TextTokens,
  manifest: Manifest,
  rows: readonly string[],
): Promise<Float32Array[]> {
  const { text } = manifest;
  const vectors: Float32Array[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const part = rows.slice(at, at + BATCH);
    const { ids, mask, length } = tokens.encode(part);
    const dims = [part.length, length];
    const integers = (values: readonly number[]): PlainTensor =>
      text.idsType === 'int64'
        ? { type: 'int64', data: BigInt64Array.from(values, BigInt), dims }
        : { type: 'int32', data: Int32Array.from(values), dims };
    const feeds = { ...extraFeeds(text.extraInputs, part.length), [text.inputs.ids]: integers(ids) };
    if (text.inputs.mask !== undefined) feeds[text.inputs.mask] = integers(mask);
    if (text.inputs.typeIds !== undefined) feeds[text.inputs.typeIds] = integers(ids.map(() => 0));
    const output = (await model.run(feeds, [text.output]))[text.output];
    if (output === undefined) throw new Error(`no output ${text.output}`);
    vectors.push(...toVectors(output, part.length, manifest, 'text.output'));
  }
  return vectors;
}

/** Mean of unit vectors, normalised again; one vector is its own mean. */
function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (first === undefined) throw new Error('no prompt to take the mean of');
  if (vectors.length === 1) return first;
  return normalised(first.map((_, i) => vectors.reduce((sum, vector) => sum + (vector[i] ?? 0), 0)));
}
