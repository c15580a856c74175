// Shared by every face and the engine: a question and its answer.
import { z } from 'zod';
import { Scope } from './decisions.ts';
import { ItemId, MomentId, Relevance } from './ids.ts';
import { ItemCard, ItemKind, MomentKind, Region } from './media.ts';

/** A picture to search by: bytes that a person dropped or pasted, or an item of the library. */
const Counted = z.object({
  /** How much it counts beside other wanted things. */
  weight: z.number().positive().max(99).default(1),
  /** Not wanted: what looks like it comes less. */
  negative: z.boolean().default(false),
  /** Only this part of it, 0 to 1 of the upright picture's width and height; null: the whole. */
  part: z
    .object({
      x: z.number().min(0).max(1),
      y: z.number().min(0).max(1),
      width: z.number().positive().max(1),
      height: z.number().positive().max(1),
    })
    .nullable()
    .default(null),
});
export const ImageQuery = z.discriminatedUnion('source', [
  Counted.extend({ source: z.literal('bytes'), name: z.string(), data: z.instanceof(Blob) }),
  Counted.extend({ source: z.literal('item'), itemId: ItemId }),
]);
export type ImageQuery = z.infer<typeof ImageQuery>;
export type ImageQueryInput = z.input<typeof ImageQuery>;

/** A part of the ranking that an evaluation can leave out, to tell what it adds. */
export const SearchPart = z.enum([
  ...(['meaning', 'likeness', 'words', 'phrases', 'minus', 'weights', 'sums', 'intent'] as const),
  ...(['prefix', 'particles', 'spaces', 'consonants', 'slips', 'same'] as const),
]);
export type SearchPart = z.infer<typeof SearchPart>;

export const SearchRequest = z.object({
  /** What the person typed, filters and all; '' with no image asks for everything, newest first. */
  text: z.string().max(10_000).default(''),
  images: z.array(ImageQuery).max(16).default([]),
  /** Only these kinds; empty: all. */
  kinds: z.array(ItemKind).default([]),
  /** Only what is in this collection; null: the whole library. */
  scope: Scope.nullable().default(null),
  limit: z.int().min(1).max(5_000).default(20),
  offset: z.int().min(0).default(0),
  /** Also what lies below the cut-off. */
  all: z.boolean().default(false),
  /** Bursts and near-duplicates stand behind the best of them, as one result. */
  fold: z.boolean().default(false),
  /** Results that are open: what stands behind them is shown beside them. */
  unfolded: z.array(ItemId).max(1_000).default([]),
  /** Parts of the ranking to answer without: for evaluations. */
  without: z.array(SearchPart).default([]),
});
export type SearchRequest = z.infer<typeof SearchRequest>;
export type SearchInput = z.input<typeof SearchRequest>;

/** One thing wanted (or, negative, not wanted) by its meaning. */
export const Want = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), weight: z.number(), negative: z.boolean() }),
  z.object({
    kind: z.literal('picture'),
    name: z.string(),
    itemId: ItemId.nullable(),
    weight: z.number(),
    negative: z.boolean(),
  }),
]);
export type Want = z.infer<typeof Want>;

/** One condition an item must meet. `text` is how it was written, so that a chip can show and remove it. */
export const Filter = z.discriminatedUnion('field', [
  z.object({ field: z.literal('kind'), kinds: z.array(ItemKind), text: z.string() }),
  z.object({
    field: z.literal('date'),
    /** Inclusive and exclusive end, as wall-clock milliseconds (local time read as UTC); null: open. */
    fromMs: z.number().nullable(),
    untilMs: z.number().nullable(),
    text: z.string(),
  }),
  z.object({ field: z.literal('folder'), folder: z.string(), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('camera'), camera: z.string(), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('lens'), lens: z.string(), present: z.boolean(), text: z.string() }),
  z.object({
    field: z.literal('rating'),
    minimum: z.number(),
    maximum: z.number(),
    text: z.string(),
  }),
  z.object({ field: z.literal('gps'), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('animated'), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('favourite'), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('hidden'), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('tag'), tag: z.string(), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('album'), album: z.string(), present: z.boolean(), text: z.string() }),
  z.object({ field: z.literal('speech'), present: z.boolean(), text: z.string() }),
  /** Inclusive; null: open. What has no length passes neither. */
  z.object({
    field: z.literal('duration'),
    minimumMs: z.number().nullable(),
    maximumMs: z.number().nullable(),
    text: z.string(),
  }),
  /** Within a distance of a place on the earth. */
  z.object({
    field: z.literal('near'),
    place: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    kilometres: z.number(),
    text: z.string(),
  }),
]);
export type Filter = z.infer<typeof Filter>;

/** What the engine understood; each part becomes a chip. */
export const Plan = z.object({
  wants: z.array(Want),
  /** Phrases in quotes: they must occur in the words of a moment. */
  phrases: z.array(z.string()),
  /** Words after a minus: a moment whose words hold one is no result. */
  excluded: z.array(z.string()),
  filters: z.array(Filter),
  /**
   * Kinds asked for in words ("video of …"): they come first, nothing is hidden. `spoken`: what is wanted
   * was said. `text` is how it was written; null: none was.
   */
  intent: z.object({ kinds: z.array(ItemKind), spoken: z.boolean(), text: z.string() }).nullable(),
  /** The wants are added and subtracted as vectors ("beach + night - people") where the pack has vectors. */
  arithmetic: z.boolean(),
  sort: z.enum(['relevance', 'newest', 'oldest']),
  /** Words that the active pack does not know at all. They are never guessed. */
  unknown: z.array(z.string()),
  /** Words that it knows only roughly, with what it takes them for ("beach" as "water"). */
  weak: z.array(z.object({ word: z.string(), as: z.string() })),
});
export type Plan = z.infer<typeof Plan>;

export const Why = z.object({
  kind: z.enum(['concept', 'words', 'picture', 'meaning', 'filter']),
  /** One short phrase for a person: "cat 93 %", "name: cat-night.jpg", "looks like cat.jpg". */
  text: z.string(),
  /** Which parts of the text are the words that were found: from and behind, in UTF-16. */
  lit: z.array(z.tuple([z.int().min(0), z.int().min(0)])).optional(),
});
export type Why = z.infer<typeof Why>;

export const MomentHit = z.object({
  momentId: MomentId,
  kind: MomentKind,
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  relevance: Relevance,
  text: z.string().nullable(),
  /** Where in the picture, when the encoder tells. */
  regions: z.array(Region),
});
export type MomentHit = z.infer<typeof MomentHit>;

export const Result = ItemCard.extend({
  relevance: Relevance,
  why: z.array(Why),
  moments: z.array(MomentHit),
  /** How many results stand behind this one, open or not; absent where none does. */
  folded: z.int().positive().optional(),
});
export type Result = z.infer<typeof Result>;

export const SearchAnswer = z.object({
  query: z.string(),
  plan: Plan,
  /** Time in the engine, milliseconds. */
  tookMs: z.number(),
  /** How many results there are in all; `results` is the page asked for. */
  total: z.int(),
  results: z.array(Result),
  /** The closest few below the cut-off, when there are no results. */
  nearest: z.array(Result),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** A part of an answer as it comes: the first has what is told of the whole, `head`; each has further rows. */
export const SearchRows = z.object({
  head: SearchAnswer.omit({ results: true }).nullable(),
  results: z.array(Result),
});
export type SearchRows = z.infer<typeof SearchRows>;
