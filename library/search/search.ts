// Runs on the engine's thread: one question through plan, meaning, words and filters to an answer.
import { setImmediate } from 'node:timers/promises';
import {
  CUT_OFF,
  type ItemId,
  type LayoutRequest,
  type MomentRelevance,
  type Plan,
  type SearchAnswer,
  type Result,
  type SearchRequest,
  type SearchRows,
  type Suggestion,
} from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { DecodePool } from '../media/job.ts';
import type { Clock, Encoder, Log, TextMeaning } from '../ports.ts';
import { arrange } from './arrange.ts';
import { type Catalogue, createCatalogues } from './catalogue.ts';
import { filterMask } from './filters.ts';
import { type Asked, page } from './page.ts';
import { listing } from './listing.ts';
import { createPlaces } from './query/places.ts';
import { todayOf } from './query/calendar.ts';
import { planWithout } from './query/leave-out.ts';
import { namesPlace, parse } from './query/query-language.ts';
import type { Reading } from './query/read-filter.ts';
import { queryPicture, type QueryPicture } from './query-pictures.ts';
import { scoreQuestion } from './question.ts';
import { withinScope } from './scope.ts';
import { createTurns } from './turns.ts';
import type { SpaceIndex } from './vectors/space-index.ts';
import { createTextMeanings } from './meaning/text-meanings.ts';
import { vocabulary } from './vocabulary.ts';

/** Rows that fill a window. */
const FIRST_ROWS = 24;
/** Further rows, a few milliseconds' work. */
const ROWS_AT_ONCE = 60;

/** The pack that answers: its encoder, its space in the store and in memory. */
export interface Active {
  readonly encoder: Encoder;
  readonly vectors: SpaceVectors;
  readonly index: SpaceIndex;
}

export interface SearchOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly pool: Pick<DecodePool, 'decode' | 'decodeBytes'>;
  /** Null: no pack open yet; words and filters still answer. */
  readonly active: () => Active | null;
}

export type Search = ReturnType<typeof createSearch>;

export function createSearch(options: SearchOptions) {
  const { database, clock, log } = options;
  const catalogues = createCatalogues(database);
  const meanings = createTextMeanings();
  const places = createPlaces();
  const reading = (): Reading => ({ today: todayOf(clock.nowMs()), placeOf: (name) => places.find(name) });

  /** What the wanted texts mean, in the order of the plan's wants; null: no pack. */
  async function understand(active: Active | null, plan: Plan, signal?: AbortSignal) {
    const texts = plan.wants.flatMap((want) => (want.kind === 'text' ? [want.text] : []));
    if (active === null || texts.length === 0) return new Map<string, TextMeaning>();
    const found = await meanings.of(active.encoder, texts, signal);
    if (found.some((one) => one.kind === 'vector')) await meanings.judgeable(active.encoder, active.index);
    return new Map(texts.flatMap((text, i) => (found[i] === undefined ? [] : [[text, found[i]]])));
  }

  async function readPictures(
    active: Active | null,
    request: SearchRequest,
    plan: Plan,
    signal?: AbortSignal,
  ) {
    const pictures: QueryPicture[] = [];
    for (const image of request.images) {
      const picture = await queryPicture({ database, pool: options.pool, active }, image, signal);
      pictures.push(picture);
      plan.wants.push({
        kind: 'picture',
        name: picture.name,
        itemId: picture.itemId,
        weight: picture.weight,
        negative: picture.negative,
      });
    }
    return pictures;
  }

  return {
    /** What can be asked for by name: see {@link vocabulary}. */
    vocabulary: (): Suggestion[] => vocabulary(database, catalogues(), options.active()),

    /** Every item under the filters of a query that wants nothing, in order; null when it wants something. */
    listing: (request: LayoutRequest): ItemId[] | null =>
      listing(database, catalogues(), request, { reading: reading(), nowMs: clock.nowMs() }),

    /**
     * Encodes what every text query is judged against, so that the first one need not wait. To be called
     * when a pack has become active; calling it is not necessary.
     */
    async prepare(): Promise<void> {
      const active = options.active();
      if (active?.encoder.space.family === 'dual-encoder')
        await meanings.judgeable(active.encoder, active.index);
    },

    /** @throws Failure QUERY_IMAGE_UNREADABLE, ITEM_UNKNOWN, MODEL_FAILED; AbortError when superseded */
    async find(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
      const { head, rowsOf, itemIds } = await answer(request, signal);
      return { ...head, results: rowsOf(itemIds) };
    },

    /**
     * The same answer as it comes: what fills a window first, with all that is told of the whole, then further
     * rows. Throws like find, also between two of them.
     */
    async *stream(request: SearchRequest, signal?: AbortSignal): AsyncGenerator<SearchRows> {
      const { head, rowsOf, itemIds } = await answer(request, signal);
      yield { head, results: rowsOf(itemIds.slice(0, FIRST_ROWS)) };
      for (let from = FIRST_ROWS; from < itemIds.length; from += ROWS_AT_ONCE) {
        await setImmediate();
        signal?.throwIfAborted();
        yield { head: null, results: rowsOf(itemIds.slice(from, from + ROWS_AT_ONCE)) };
      }
    },

    /**
     * The moments of one item towards a question, below the cut-off as well, in the order of time; none where
     * only filters are asked for. Throws like find.
     */
    async along(itemId: ItemId, request: SearchRequest, signal?: AbortSignal): Promise<MomentRelevance[]> {
      const { question } = await judge(request, signal, itemId);
      const { relevance } = question;
      if (relevance === null) return [];
      return database.moments.ofItem(itemId).flatMap(({ momentId, kind, startMs, endMs }) =>
        startMs === null
          ? []
          : [
              {
                ...{ momentId, kind, startMs, endMs: endMs ?? startMs },
                relevance: Math.min(1, Math.max(0, relevance[momentId] ?? 0)),
              },
            ],
      );
    },
  };

  /** @param only - the one item whose moments are judged; absent: all that pass the filters */
  async function judge(request: SearchRequest, signal?: AbortSignal, only?: ItemId) {
    const nowMs = clock.nowMs();
    signal?.throwIfAborted();
    const leftOut = new Set(request.without);
    const active = leftOut.has('meaning') ? null : options.active();
    if (namesPlace(request.text)) await places.ready();
    const plan = planWithout(parse(request.text, reading()), leftOut);
    const [understood, pictures] = [
      await understand(active, plan, signal),
      await readPictures(active, request, plan, signal),
    ];
    // A newer question may have come meanwhile: its cancelling gets its turn before the work begins.
    await setImmediate();
    signal?.throwIfAborted();

    const catalogue = catalogues();
    const mask = only === undefined ? masked(request, plan, catalogue, nowMs) : maskOf(catalogue, only);
    const turn = createTurns(signal);
    const question = await scoreQuestion({
      ...{ database, catalogue, active, plan, understood, pictures, mask },
      ...{ leftOut, turn },
      exhaustive: pictures.length === 0,
      typing: /[\p{L}\p{M}\p{N}]$/u.test(request.text),
    });
    plan.unknown.push(...question.unknown);
    plan.weak.push(...question.weak);
    // The arrays that follow are one more slice; the catalogue is the one that the question was scored by.
    await turn();
    return { active, plan, catalogue, question };
  }

  function masked(
    request: SearchRequest,
    plan: Plan,
    catalogue: Catalogue,
    nowMs: number,
  ): Uint8Array | null {
    const filtered = filterMask(database, catalogue, plan.filters, request.kinds);
    return withinScope(database, catalogue, filtered, {
      ...{ scope: request.scope, filters: plan.filters, nowMs },
    });
  }

  /** What is told of the whole answer, which items are on its page, and how to read rows of them. */
  async function answer(request: SearchRequest, signal?: AbortSignal) {
    const startedMs = clock.nowMs();
    const { active, plan, catalogue, question } = await judge(request, signal);
    const asked: Asked = {
      plan,
      relevance: question.relevance,
      scores: question.scores,
      terms: question.terms,
      space: active === null ? null : { info: active.encoder.space, vectors: active.vectors },
    };
    const thumbhashOf = (itemId: ItemId) => database.items.get(itemId)?.thumbhash ?? null;
    const { total, itemIds, ...arranged } = arrange(
      ...([
        request,
        plan,
        catalogue,
        question,
        active === null ? null : { index: active.index, thumbhashOf },
      ] as const),
    );
    const rowsOf = (ids: readonly ItemId[]): Result[] =>
      page(database, ids, asked).map((result) => {
        const folded = arranged.folded.get(result.itemId);
        return folded === undefined ? result : { ...result, folded };
      });
    const nearest = page(database, arranged.nearest, asked).filter((one) => one.relevance < CUT_OFF);
    const tookMs = clock.nowMs() - startedMs;
    log.debug('search', { tookMs, total, wants: plan.wants.length });
    return { head: { query: request.text, plan, tookMs, total, nearest }, rowsOf, itemIds };
  }
}

/** Lets one item through. */
function maskOf(catalogue: Catalogue, itemId: ItemId): Uint8Array {
  const mask = new Uint8Array(catalogue.items.length);
  const rank = catalogue.rankOfItem[itemId] ?? -1;
  if (rank >= 0) mask[rank] = 1;
  return mask;
}
