// Runs in the command line: how good rankings are, as pure functions. Serves `eval`.

/** One question as it was answered. Paths are compared as strings; the caller makes them comparable. */
export interface Answered {
  /** What should be found; empty: "nothing matches" is the right answer. */
  readonly relevant: readonly string[];
  /** Everything the engine put in order, best first, also below the cut-off. */
  readonly ranked: readonly string[];
  /** What it shows: those at or above the cut-off. */
  readonly shown: readonly string[];
}

/** Means over the questions that have an answer, and how the cut-off did. All 0 to 1; null: nothing to judge. */
export interface Metrics {
  readonly recallAt1: number | null;
  readonly recallAt5: number | null;
  readonly recallAt10: number | null;
  readonly precisionAt5: number | null;
  readonly mrr: number | null;
  readonly ndcgAt10: number | null;
  /** Share of what is shown that is relevant, over questions that have an answer and show something. */
  readonly shownPrecision: number | null;
  /** Share of what is relevant that is shown, over questions that have an answer. */
  readonly shownRecall: number | null;
  /** Of the questions without an answer, the share that got "nothing matches". */
  readonly nothingWhenNothing: number | null;
  /** Of the questions with an answer, the share that got something. */
  readonly somethingWhenSomething: number | null;
  /** Of the times "nothing matches" was said, the share that was right. */
  readonly nothingRight: number | null;
}

const hitsIn = (paths: readonly string[], relevant: readonly string[]): number => {
  const wanted = new Set(relevant);
  return new Set(paths.filter((path) => wanted.has(path))).size;
};

/** Share of the relevant among the first `k`: 1 only where there are at most `k` relevant ones. */
export function recallAt(k: number, { ranked, relevant }: Answered): number {
  return hitsIn(ranked.slice(0, k), relevant) / relevant.length;
}

/** Share of the first `k` places that hold a relevant one; a list shorter than `k` counts as filled with others. */
export function precisionAt(k: number, { ranked, relevant }: Answered): number {
  return hitsIn(ranked.slice(0, k), relevant) / k;
}

/** 1 / place of the first relevant one, 0 where there is none. */
export function reciprocalRank({ ranked, relevant }: Answered): number {
  const at = ranked.findIndex((path) => relevant.includes(path));
  return at < 0 ? 0 : 1 / (at + 1);
}

/**
 * Normalised discounted cumulated gain with relevance 0 or 1: a hit in place i (from 1) counts
 * 1 / log2(i + 1), divided by what the best order would give (Järvelin and Kekäläinen, 2002).
 */
export function ndcgAt(k: number, { ranked, relevant }: Answered): number {
  const wanted = new Set(relevant);
  let gain = 0;
  for (const [place, path] of ranked.slice(0, k).entries())
    if (wanted.delete(path)) gain += 1 / Math.log2(place + 2);
  let best = 0;
  for (let place = 0; place < Math.min(k, new Set(relevant).size); place++) best += 1 / Math.log2(place + 2);
  return gain / best;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const share = <T>(all: readonly T[], holds: (one: T) => boolean): number | null =>
  mean(all.map((one) => (holds(one) ? 1 : 0)));

export function metricsOf(answers: readonly Answered[]): Metrics {
  const some = answers.filter((answer) => answer.relevant.length > 0);
  const none = answers.filter((answer) => answer.relevant.length === 0);
  const saysNothing = (answer: Answered): boolean => answer.shown.length === 0;
  return {
    recallAt1: mean(some.map((answer) => recallAt(1, answer))),
    recallAt5: mean(some.map((answer) => recallAt(5, answer))),
    recallAt10: mean(some.map((answer) => recallAt(10, answer))),
    precisionAt5: mean(some.map((answer) => precisionAt(5, answer))),
    mrr: mean(some.map(reciprocalRank)),
    ndcgAt10: mean(some.map((answer) => ndcgAt(10, answer))),
    shownPrecision: mean(
      some
        .filter((answer) => !saysNothing(answer))
        .map(({ shown, relevant }) => hitsIn(shown, relevant) / new Set(shown).size),
    ),
    shownRecall: mean(some.map(({ shown, relevant }) => hitsIn(shown, relevant) / new Set(relevant).size)),
    nothingWhenNothing: share(none, saysNothing),
    somethingWhenSomething: share(some, (answer) => !saysNothing(answer)),
    nothingRight: share(answers.filter(saysNothing), (answer) => answer.relevant.length === 0),
  };
}
