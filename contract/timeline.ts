// Shared by every face and the engine: the questions of a timeline, for all items of a list and for some cards.
import { z } from 'zod';
import { ItemId } from './ids.ts';
import { ItemCard } from './media.ts';
import { SearchRequest } from './search.ts';

/** Which list: what passes the filters of a query that wants nothing by meaning or words. */
export const LayoutRequest = SearchRequest.pick({ text: true, kinds: true, scope: true });
export type LayoutRequest = z.infer<typeof LayoutRequest>;

/** The columns as bytes: see contract/layout.ts. */
export const LayoutBytes = z.instanceof(Blob);

/** More cards than any window shows at once. */
export const CardsRequest = z.object({ itemIds: z.array(ItemId).max(1_000) });
export const Cards = z.array(ItemCard);
