// Runs on the engine's thread: ranked items as results for a person: card, moments, why. Serves search.
import { basename, dirname, relative, sep } from 'node:path';
import {
  CUT_OFF,
  type ItemCard,
  type ItemId,
  type MomentHit,
  type Plan,
  type Region,
  type Result,
  type Why,
} from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { MomentRow } from '../database/moments.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import { itemCards } from '../item-cards.ts';
import type { SpaceInfo } from '../ports.ts';
import { litRanges, wordsWhy } from './words/lit-words.ts';
import { conceptName, type Scores } from './meaning/scores.ts';
import type { Term } from './words/word-evidence.ts';
import type { WordField } from './words/word-expression.ts';

/** Moments shown of one item. */
const MOMENTS_PER_ITEM = 20;

export interface Asked {
  readonly plan: Plan;
  /** By moment id; null: nothing was asked for but filters. */
  readonly relevance: Float32Array | null;
  readonly scores: readonly Scores[];
  readonly terms: readonly Term[];
  readonly space: { readonly info: SpaceInfo; readonly vectors: SpaceVectors } | null;
}

/** Results for the given items, in their order; one that has gone meanwhile is left out. */
export function page(database: Database, itemIds: readonly ItemId[], asked: Asked): Result[] {
  return itemCards(database, itemIds).map((card) => {
    const moments = database.moments
      .ofItem(card.itemId)
      .map((moment) => ({
        moment,
        relevance: asked.relevance?.[moment.momentId] ?? (asked.relevance ? 0 : 1),
      }))
      .sort((a, b) => b.relevance - a.relevance || a.moment.momentId - b.moment.momentId);
    const best = moments[0];
    return {
      ...card,
      relevance: clamp(best?.relevance ?? (asked.relevance === null ? 1 : 0)),
      why: best === undefined ? [] : whyOf(database, card, best.moment, asked),
      moments: moments
        .filter((one, i) => i === 0 || (one.relevance >= CUT_OFF && i < MOMENTS_PER_ITEM))
        .map((one) => hit(one.moment, one.relevance, asked)),
    };
  });
}

function hit(moment: MomentRow, relevance: number, asked: Asked): MomentHit {
  const { momentId, kind, startMs, endMs, text } = moment;
  return {
    ...{ momentId, kind, startMs, endMs, text },
    relevance: clamp(relevance),
    regions: asked.relevance === null ? [] : regionsOf(moment, asked),
  };
}

/** Where the concepts that were asked for are. */
function regionsOf(moment: MomentRow, asked: Asked): Region[] {
  const { space } = asked;
  const wanted = new Set(asked.scores.flatMap((one) => one.concepts));
  if (space === null || wanted.size === 0) return [];
  return space.vectors
    .regions(moment.momentId)
    .filter((region) => wanted.has(region.concept))
    .map(({ concept, ...where }) => ({ ...where, label: conceptName(space.info, concept) }));
}

function whyOf(database: Database, card: ItemCard, moment: MomentRow, asked: Asked): Why[] {
  const why: Why[] =
    asked.relevance === null
      ? asked.plan.filters.map((filter) => ({ kind: 'filter', text: filter.text }))
      : asked.scores.flatMap((scores) =>
          (scores.relevance[moment.momentId] ?? 0) > 0 ? scores.why(moment.momentId) : [],
        );
  const found = asked.terms.filter((term) => (term.strength[moment.momentId] ?? 0) > 0);
  if (found.length > 0) {
    const texts = fieldTexts(database, card, moment);
    const fields = new Set(found.map((term) => texts.find(([, text]) => term.standsIn(text))));
    for (const field of fields)
      if (field !== undefined)
        why.push(
          wordsWhy(field[0], field[1], (text) =>
            litRanges(
              found.flatMap((term) => term.forms),
              text,
            ),
          ),
        );
  }
  return why.filter((one, i) => why.findIndex((other) => other.text === one.text) === i);
}

/** The texts of a moment, what says most first. */
function fieldTexts(database: Database, card: ItemCard, moment: MomentRow): (readonly [WordField, string])[] {
  const row = database.items.get(card.itemId);
  return [
    ['name', card.name],
    ['title', row?.title ?? ''],
    ['keywords', (JSON.parse(row?.keywords ?? '[]') as string[]).join(', ')],
    ['description', row?.description ?? ''],
    ['said', moment.text ?? ''],
    ['folder', folderOf(database, card.path)],
  ];
}

/** From the root's own name down. */
function folderOf(database: Database, path: string): string {
  const folder = dirname(path);
  const root = database.roots.all().find((one) => path.startsWith(one.path.replace(/[\\/]*$/, sep)));
  if (root === undefined) return basename(folder);
  return [basename(root.path), ...relative(root.path, folder).split(sep)]
    .filter((part) => part !== '')
    .join('/');
}

function clamp(relevance: number): number {
  return Math.min(1, Math.max(0, relevance));
}
