// Runs on the engine's thread: what stands just below the cut-off and looks like sure results is one too. Serves search.
import { type Level, lowerHalf, TO_CENTRE } from './relevance.ts';
import type { SpaceIndex } from '../vectors/space-index.ts';
import type { VectorClass } from '../vectors/vector-store.ts';

/** Results that say what the others should look like: the surest. */
const SURE = 8;
/** A text must speak for a moment by so many deviations before its looks are asked. */
const IN_DOUBT_FROM = 2.5;
/** So many are asked at the most, nearest to the cut-off first. */
const ASKED = 1024;
/** Likeness counts for no more than this, so that what a text says always counts too. */
const LIKENESS_AT_MOST = 6;
/** Fewer moments do not tell how alike any two are. */
const SAMPLE_AT_LEAST = 16;

/** Moments of one class as a text judged them: deviations above the centre, by place. */
interface Judged {
  readonly slots: Int32Array;
  readonly deviations: Float32Array;
  readonly level: Level;
}

/**
 * Two weak witnesses that know nothing of each other are one strong one: the text by its deviations, the surest
 * results by how alike a moment is to their middle, both in deviations of unrelated moments. Their sum, divided by
 * the root of two, is again so distributed for what is unrelated (Stouffer, 1949), and is cut where the text alone
 * is. Where nothing is sure nothing is raised, so "nothing matches" stays what the text alone said.
 *
 * @returns slots with their new deviations: at least the cut, at most those of the least sure result
 */
export function raisedAlike(
  index: SpaceIndex,
  kind: VectorClass,
  { slots, deviations, level }: Judged,
): Map<number, number> {
  const raised = new Map<number, number>();
  const { sure, inDoubt, leastSure } = apart(deviations, level.cut);
  if (sure.length === 0 || inDoubt.length === 0) return raised;
  const sample = index.sample(kind);
  if (sample.length < SAMPLE_AT_LEAST) return raised;
  const common = index.vectors.mean(kind);
  const looks = sure.map((at) => index.vectors.vectorOf(slots[at] as number));
  const middle = common.map((value, i) => looks.reduce((sum, look) => sum + (look[i] ?? 0) - value, 0));
  const direction = index.vectors.prepare(middle);
  const { quarter, deviation } = lowerHalf(index.vectors.cosines(direction, sample));
  const asked = Int32Array.from(inDoubt, (at) => slots[at] as number);
  for (const [i, cosine] of index.vectors.cosines(direction, asked).entries()) {
    const likeness = (cosine - quarter) / Math.max(1e-6, deviation) - TO_CENTRE;
    const text = deviations[inDoubt[i] as number] as number;
    const both = (text + Math.min(LIKENESS_AT_MOST, likeness)) / Math.SQRT2;
    if (both >= level.cut) raised.set(asked[i] as number, Math.min(both, leastSure));
  }
  return raised;
}

/** Places of the surest results and of those in doubt. */
function apart(deviations: Float32Array, cut: number) {
  const [sure, inDoubt]: [number[], number[]] = [[], []];
  let leastSure = Infinity;
  for (const [at, value] of deviations.entries()) {
    if (value >= cut) {
      sure.push(at);
      leastSure = Math.min(leastSure, value);
    } else if (value >= IN_DOUBT_FROM) inDoubt.push(at);
  }
  const best = (all: number[], most: number) =>
    all.sort((a, b) => (deviations[b] as number) - (deviations[a] as number)).slice(0, most);
  return { sure: best(sure, SURE), inDoubt: best(inDoubt, ASKED), leastSure };
}
