// Runs on the engine's thread: how relevant moments are to one text in a space of vectors. Serves question.
import type { Catalogue } from '../catalogue.ts';
import { neutralTexts } from './neutral-texts.ts';
import { raisedAlike } from './raise-alike.ts';
import { atDeviations, defaultCurves, deviationsOf, type Level, levelOf } from './relevance.ts';
import { percent, type Scores } from './scores.ts';
import type { SpaceIndex } from '../vectors/space-index.ts';
import { SAID, SEEN, type VectorClass } from '../vectors/vector-store.ts';

/** Judges moments by one text: each class on the level that the text has in it. */
export interface TextJudge {
  /** Scores the given slots beside those that `into` has already; without `into` those alone. */
  readonly judge: (slots: Int32Array, into?: Scores) => Scores;
  /** Lifts those among the slots that stand just below the cut-off and look like the sure results. */
  readonly raise: (slots: Int32Array, scores: Scores) => void;
}

/** The direction in which to look for moments near a text: without what all texts have in common. */
export function textDirection(index: SpaceIndex, vector: Float32Array): Float32Array {
  const mean = index.neutralMean();
  return vector.map((value, i) => value - (mean[i] ?? 0));
}

/**
 * A moment's spread over fifty texts is only right to a tenth. So it is drawn towards the others' as far as they
 * differ by no more than that: wholly, where nothing but chance tells them apart (James and Stein, 1961).
 *
 * @param spreads - of a sample of the class
 * @param texts - by how many texts each is told
 */
export function drawnTogether(
  spreads: Float32Array,
  texts: number,
): { readonly pooled: number; readonly own: number } {
  let [sum, squares] = [0, 0];
  for (const spread of spreads) [sum, squares] = [sum + spread, squares + spread * spread];
  const count = Math.max(1, spreads.length);
  const pooled = sum / count;
  const seen = squares / count - pooled * pooled;
  const byChance = (pooled * pooled) / (2 * Math.max(1, texts - 1));
  return { pooled, own: seen <= byChance ? 0 : 1 - byChance / seen };
}

export function textJudge(
  index: SpaceIndex,
  catalogue: Catalogue,
  asked: { readonly text: string; readonly vector: Float32Array },
): TextJudge {
  const query = index.vectors.prepare(asked.vector);
  const curves = index.space.curves ?? defaultCurves;
  const texts = neutralTexts(index.space.languages).length;
  const classes = ([SEEN, SAID] as const).map((kind) => {
    const curve = kind === SAID ? curves.textToText : curves.textToPicture;
    const sample = index.sample(kind);
    const { means, spreads } = index.standings(sample);
    const { pooled, own } = drawnTogether(spreads, texts);
    const spreadOf = (spread: number): number =>
      Math.max(1e-6, Math.sqrt(own * spread * spread + (1 - own) * pooled * pooled));
    const x = index.vectors
      .cosines(query, sample)
      .map((cosine, i) => (cosine - (means[i] as number)) / spreadOf(spreads[i] as number));
    const level: Level = levelOf(x, index.vectors.countOf(kind), curve);
    return { level, slope: curve.slope, spreadOf };
  });
  const classAt = (kind: VectorClass) => classes[kind] as (typeof classes)[number];
  return {
    judge(slots, into) {
      const relevance = into?.relevance ?? new Float32Array(catalogue.rankOfMoment.length);
      const { means, spreads } = index.standings(slots);
      for (const [i, cosine] of index.vectors.cosines(query, slots).entries()) {
        const slot = slots[i] as number;
        const { level, slope, spreadOf } = classAt(index.vectors.classOf(slot));
        const x = (cosine - (means[i] as number)) / spreadOf(spreads[i] as number);
        const deviations = (x - level.centre) / level.deviation;
        relevance[index.momentIds[slot] as number] = atDeviations(level, slope, deviations);
      }
      return {
        relevance,
        why: (id) => [{ kind: 'meaning', text: `${asked.text} ${percent(relevance[id] ?? 0)}` }],
        concepts: [],
      };
    },
    raise(slots, { relevance }) {
      for (const kind of [SEEN, SAID] as const) {
        const { level, slope } = classAt(kind);
        const own = slots.filter((slot) => index.vectors.classOf(slot) === kind);
        const deviations = Float32Array.from(own, (slot) =>
          deviationsOf(level, slope, relevance[index.momentIds[slot] as number] ?? 0),
        );
        for (const [slot, raised] of raisedAlike(index, kind, { slots: own, deviations, level }))
          relevance[index.momentIds[slot] as number] = atDeviations(level, slope, raised);
      }
    },
  };
}
