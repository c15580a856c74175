// Runs on the engine's thread: texts and pictures added and subtracted as vectors ("beach + night - people").
import type { Plan } from '../../../contract/index.ts';
import type { TextMeaning } from '../../ports.ts';
import type { QueryPicture } from '../query-pictures.ts';
import { commonPart } from './scores.ts';
import type { SpaceIndex } from '../vectors/space-index.ts';

/** One vector that stands for the whole question, and what it is to be judged as. */
export interface Sum {
  readonly name: string;
  readonly vector: Float32Array;
  readonly like: 'text' | 'picture';
}

/**
 * Texts are added without what all texts have in common, pictures without what all pictures of the library
 * have in common; then that common part is put back once. So "a + b - c" lies as far from the pictures as a
 * single text does, however many parts it has, and is judged by the same curve.
 *
 * @returns null where the question is no sum, or a part of it is no vector (packs of concepts): then its parts
 *   are scored each by itself
 */
export function sumOf(
  index: SpaceIndex | undefined,
  plan: Plan,
  understood: ReadonlyMap<string, TextMeaning>,
  pictures: readonly QueryPicture[],
): Sum | null {
  if (index === undefined || !plan.arithmetic) return null;
  const neutral = index.neutralMean();
  const common = commonPart(index);
  const like = pictures.length > 0 ? 'picture' : 'text';
  const background = like === 'picture' ? common : neutral;
  const sum = new Float32Array(index.space.dimensions);
  let lengths = 0;
  let count = 0;
  const add = (vector: Float32Array, mean: Float32Array, by: number): void => {
    const own = vector.map((value, i) => value - (mean[i] ?? 0));
    const length = Math.hypot(...own) || 1;
    lengths += length;
    count += 1;
    for (const [i, value] of own.entries()) sum[i] = (sum[i] ?? 0) + (by * value) / length;
  };
  const names: string[] = [];
  for (const want of plan.wants) {
    if (want.kind !== 'text' || (want.negative && plan.excluded.includes(want.text))) continue;
    const meaning = understood.get(want.text);
    if (meaning?.kind !== 'vector') return null;
    add(meaning.vector, neutral, want.negative ? -want.weight : want.weight);
    names.push(`${want.negative ? '−' : '+'} ${want.text}`);
  }
  for (const { vector, weight, negative, name } of pictures) {
    if (vector === null) return null;
    add(vector, common, negative ? -weight : weight);
    names.push(`${negative ? '−' : '+'} ${name}`);
  }
  if (count === 0) return null;
  const scale = lengths / count / (Math.hypot(...sum) || 1);
  const whole = sum.map((value, i) => value * scale + (background[i] ?? 0));
  const length = Math.hypot(...whole) || 1;
  return { name: names.join(' '), vector: whole.map((value) => value / length), like };
}
