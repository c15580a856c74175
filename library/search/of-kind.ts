// Runs on the engine's thread: a kind asked for by its name alone ("videos", "사진"). Serves question.
import type { ItemKind } from '../../contract/index.ts';
import { type Catalogue, itemKinds } from './catalogue.ts';
import type { Scores } from './meaning/scores.ts';

/** What is of the kind; what bears its name, or shows what the name means, stands before it. */
const OF_KIND = 0.6;

/**
 * Who asks for videos and nothing else wants all of them, whatever they show.
 *
 * @param part - the name taken as a text like any other
 */
export function ofKind(
  { items, columns, rankOfMoment }: Catalogue,
  part: { readonly scores: Float32Array; readonly meaning: Scores | null },
  asked: { readonly text: string; readonly kind: ItemKind },
): Scores {
  const wanted = itemKinds.indexOf(asked.kind);
  const isWanted = (id: number): boolean => columns.kind[items[rankOfMoment[id] ?? -1] ?? -1] === wanted;
  const relevance = part.scores.slice();
  for (let id = 0; id < relevance.length; id++)
    if ((relevance[id] as number) < OF_KIND && isWanted(id)) relevance[id] = OF_KIND;
  return {
    relevance,
    why: (id) => [
      ...(part.meaning?.why(id) ?? []),
      ...(isWanted(id) ? [{ kind: 'filter' as const, text: asked.text }] : []),
    ],
    concepts: part.meaning?.concepts ?? [],
  };
}
