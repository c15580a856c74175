// Runs on the engine's thread: which moments are compared exactly with what is asked for, a slice at a time. Serves question.
import { CUT_OFF, type MomentId } from '../../contract/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Scores } from './meaning/scores.ts';
import type { Active } from './search.ts';
import type { Turn } from './turns.ts';
import type { SpaceIndex } from './vectors/space-index.ts';
import { byValue, CHOSEN, SAID, SEEN, type VectorClass } from './vectors/vector-store.ts';

/** Vectors that are judged before it is asked whether there may be more. */
const JUDGED = 8192;
/** While moments' standings are still being computed each costs more; where rows are read from a file, it is a slice. */
const JUDGED_IF_SLOW = 2048;
/** Share of the last judged ones above the cut-off from which more may lie beyond them. */
const CROWDED = 1 / 64;

/** What of a question tells which moments to judge. */
export interface Judging {
  readonly catalogue: Catalogue;
  readonly active: Active | null;
  /** By rank; null: no filter. */
  readonly mask: Uint8Array | null;
  /** Every result is to be counted, not only those among the nearest. */
  readonly exhaustive: boolean;
  /** Awaited between two pieces of work; it throws when the question was superseded. */
  readonly turn: Turn;
}

/** Scores the given slots beside those that `into` has already; without `into` those alone. */
export type Judge = (slots: Int32Array, into?: Scores) => Scores;

/** Where moments are now; those that are gone are left out. */
export function slotsOf(index: SpaceIndex, ids: Int32Array): Int32Array {
  return ids.map((id) => index.slotOf(id as MomentId)).filter((slot) => slot >= 0);
}

/** Judges the nearest moments of each class, and further ones while there are still results among them. */
export async function judgeNearest(
  question: Judging,
  direction: Float32Array,
  judge: Judge,
): Promise<{ scores: Scores; ids: Int32Array }> {
  let scores: Scores = judge(new Int32Array(0));
  const judged: Int32Array[] = [];
  if (question.active !== null)
    for (const kind of [SEEN, SAID] as const) {
      await question.turn();
      const found = await judgeClass(question, question.active.index, kind, {
        direction,
        judge,
        into: scores,
      });
      scores = found.scores;
      judged.push(found.ids);
    }
  return { scores, ids: concatenated(judged) };
}

async function judgeClass(
  { catalogue, mask, exhaustive, turn }: Judging,
  index: SpaceIndex,
  kind: VectorClass,
  { direction, judge, into }: { direction: Float32Array; judge: Judge; into: Scores },
): Promise<{ scores: Scores; ids: Int32Array }> {
  const idsOf = (slots: Int32Array): Int32Array => slots.map((slot) => index.momentIds[slot] as number);
  const settled = index.settled();
  const step = !settled || index.vectors.onDisk() ? JUDGED_IF_SLOW : JUDGED;
  let scores = into;
  const judged: Int32Array[] = [];
  for (let most = CHOSEN; ; most *= 4) {
    const allowed = mask === null ? null : index.slotMask(catalogue.rankOfMoment, mask);
    const { slots: near, exact } = index.vectors.nearestFirst(direction, allowed, kind, most);
    if (exact && (settled || near.length <= step)) return { scores: judge(near, scores), ids: idsOf(near) };
    const chosen = idsOf(
      exact ? byValue(near, index.vectors.cosines(index.vectors.prepare(direction), near)) : near,
    );
    const known = new Set(judged.flatMap((ids) => [...ids]));
    const ids = known.size === 0 ? chosen : chosen.filter((id) => !known.has(id));
    for (let from = 0; from < ids.length; from += step) {
      await turn();
      const some = ids.subarray(from, from + step);
      scores = judge(slotsOf(index, some), scores);
      judged.push(some);
      let above = 0;
      for (const id of some) if ((scores.relevance[id] ?? 0) >= CUT_OFF) above++;
      if (!settled || !exhaustive || above < step * CROWDED) return { scores, ids: concatenated(judged) };
    }
    // All that were chosen are judged, and there were still results among the last ones: more are chosen.
    if (exact || chosen.length < most) return { scores, ids: concatenated(judged) };
    await turn();
  }
}

function concatenated(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
