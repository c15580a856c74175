// Runs on the engine's thread: one question through plan, meaning, words and filters to an answer.
import { setImmediate } from 'node:timers/promises';
import {
  CUT_OFF,
  type ItemId,
  type LayoutRequest,
  type MomentRelevance,
  type Plan,
  type SearchAnswer,
  type SearchRequest,
  type Suggestion,
} from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { DecodePool } from '../media/job.ts';
import type { Clock, Encoder, Log, TextMeaning } from '../ports.ts';
import { type Catalogue, createCatalogues } from './catalogue.ts';
import { filterMask } from './filters.ts';
import { fold } from './fold.ts';
import { type Asked, page } from './page.ts';
import { listing } from './listing.ts';
import { createPlaces } from './query/places.ts';
import { todayOf } from './query/calendar.ts';
import { planWithout } from './query/leave-out.ts';
import { namesPlace, parse } from './query/query-language.ts';
import type { Reading } from './query/read-filter.ts';
import { queryPicture, type QueryPicture } from './query-pictures.ts';
import { everything, rank } from './ranking.ts';
import { scoreQuestion } from './question.ts';
import { withinScope } from './scope.ts';
import type { SpaceIndex } from './vectors/space-index.ts';
import { createTextMeanings } from './meaning/text-meanings.ts';
import { vocabulary } from './vocabulary.ts';

/** The closest few that are shown when nothing matches. */
const NEAREST = 6;

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
      const startedMs = clock.nowMs();
      const { active, plan, catalogue, question } = await judge(request, signal);
      const asked: Asked = {
        plan,
        relevance: question.relevance,
        scores: question.scores,
        terms: question.terms,
        space: active === null ? null : { info: active.encoder.space, vectors: active.vectors },
      };
      const answer = arrange(request, plan, catalogue, question, { asked, index: active?.index ?? null });
      const tookMs = clock.nowMs() - startedMs;
      log.debug('search', { tookMs, total: answer.total, wants: plan.wants.length });
      return { query: request.text, plan, tookMs, ...answer };
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
    const question = scoreQuestion({
      ...{ database, catalogue, active, plan, understood, pictures, mask },
      leftOut,
      exhaustive: pictures.length === 0,
      typing: /[\p{L}\p{M}\p{N}]$/u.test(request.text),
    });
    plan.unknown.push(...question.unknown);
    plan.weak.push(...question.weak);
    await setImmediate();
    signal?.throwIfAborted();
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

  function arrange(
    request: SearchRequest,
    plan: Plan,
    catalogue: Catalogue,
    { relevance, mask }: { readonly relevance: Float32Array | null; readonly mask: Uint8Array | null },
    { asked, index }: { readonly asked: Asked; readonly index: SpaceIndex | null },
  ): Pick<SearchAnswer, 'total' | 'results' | 'nearest'> {
    const cut = (ranks: Float64Array): Float64Array =>
      ranks.subarray(request.offset, request.offset + request.limit);
    if (relevance === null) {
      const all = everything(catalogue, mask, plan.sort);
      const ranks = all.cut(request.offset, request.limit);
      return { total: all.total, results: page(database, catalogue, ranks, asked), nearest: [] };
    }
    const ranking = rank(catalogue, relevance, mask, {
      ...{ sort: plan.sort, all: request.all, first: plan.intent?.kinds ?? [] },
    });
    const nearest = ranking.nearest.subarray(0, NEAREST);
    const rankOf = (itemId: ItemId): number => catalogue.rankOfItem[itemId] ?? -1;
    const thumbhashOf = (rank: number) =>
      database.items.get(catalogue.items[rank] as ItemId)?.thumbhash ?? null;
    const { ranks, behind } =
      request.fold && index !== null
        ? fold(ranking.results, catalogue, index, new Set(request.unfolded.map(rankOf)), thumbhashOf)
        : { ranks: ranking.results, behind: new Map<number, number>() };
    return {
      total: ranks.length,
      results: page(database, catalogue, cut(ranks), asked).map((result) => {
        const folded = behind.get(rankOf(result.itemId));
        return folded === undefined ? result : { ...result, folded };
      }),
      nearest: page(database, catalogue, nearest, asked).filter((one) => one.relevance < CUT_OFF),
    };
  }
}

/** Lets one item through. */
function maskOf(catalogue: Catalogue, itemId: ItemId): Uint8Array {
  const mask = new Uint8Array(catalogue.items.length);
  const rank = catalogue.rankOfItem[itemId] ?? -1;
  if (rank >= 0) mask[rank] = 1;
  return mask;
}
