// Runs in the engine: a plan with parts of the ranking left out, so that an evaluation can tell what each adds. Pure.
import type { Plan, SearchPart } from '../../../contract/index.ts';

/** Parts that a question is answered without; none outside evaluations. */
export type LeftOut = ReadonlySet<SearchPart>;

/**
 * The plan as it would be if the language had none of the parts left out: a phrase is free text, a minus says
 * nothing, every weight is 1, a sum is scored part by part, no kind comes first. Parts of how words are looked
 * up (word-evidence) and of meaning (search) leave the plan as it is.
 */
export function planWithout(plan: Plan, leftOut: LeftOut): Plan {
  if (leftOut.size === 0) return plan;
  const without: Plan = { ...plan, wants: [...plan.wants] };
  if (leftOut.has('phrases')) {
    for (const text of plan.phrases) without.wants.push({ kind: 'text', text, weight: 1, negative: false });
    without.phrases = [];
  }
  if (leftOut.has('minus')) {
    without.wants = without.wants.filter(({ negative }) => !negative);
    without.excluded = [];
  }
  if (leftOut.has('weights')) without.wants = without.wants.map((want) => ({ ...want, weight: 1 }));
  if (leftOut.has('sums')) without.arithmetic = false;
  if (leftOut.has('intent')) without.intent = null;
  return without;
}
