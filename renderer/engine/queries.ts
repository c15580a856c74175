// Runs in the page: every question and order to the engine, cached, cancelled and asked again as needed.
import {
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Scope } from '../../contract/decisions.ts';
import type { ItemId, PackId, RootId } from '../../contract/ids.ts';
import type { ImageQueryInput, SearchAnswer } from '../../contract/search.ts';
import { readLayout } from '../../contract/layout.ts';
import type { Change } from '../../contract/upkeep.ts';
import { useEngine } from './engine.ts';

export { QueryClientProvider } from '@tanstack/react-query';

/** Items asked for at a time. */
export const PAGE = 200;
/** The first page is shown as it comes, row by row. */
const FIRST_PAGE = 60;

/** A cache that never looks at whether the machine is online: the engine is on this machine. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', refetchOnWindowFocus: false, retry: 1, staleTime: 30_000 },
      mutations: { networkMode: 'always' },
    },
  });
}

/** A picture to search by, with a name for the cache. */
export interface Example {
  readonly id: string;
  readonly name: string;
  readonly query: ImageQueryInput;
}

export interface Question {
  readonly text: string;
  readonly examples: readonly Example[];
  readonly scope: Scope | null;
  /** Results that are open: what is alike stands beside them. */
  readonly unfolded: readonly ItemId[];
}

/** Pages of results; the questions of before are cancelled when a new one takes their place. */
export function useFind(question: Question, enabled: boolean) {
  const { client } = useEngine();
  const cache = useQueryClient();
  const { text, examples, scope, unfolded } = question;
  return useInfiniteQuery({
    queryKey: ['find', text, examples.map((example) => example.id), scope, unfolded],
    queryFn: async ({ pageParam, signal, queryKey }): Promise<SearchAnswer> => {
      const images = examples.map((example) => example.query);
      const request = { text, scope, images, fold: true, unfolded: [...unfolded], offset: pageParam };
      if (pageParam > 0) return client.search.find({ ...request, limit: PAGE }, { signal });
      const rows = await client.search.stream({ ...request, limit: FIRST_PAGE }, { signal });
      // An answer that is shown already is replaced at once, when the new one is whole.
      const isNew = cache.getQueryData(queryKey) === undefined;
      let answer = null as SearchAnswer | null;
      for await (const { head, results } of rows) {
        if (head !== null) answer = { ...head, results };
        else if (answer !== null) answer = { ...answer, results: [...answer.results, ...results] };
        if (isNew && answer !== null && !signal.aborted)
          cache.setQueryData(queryKey, { pages: [answer], pageParams: [pageParam] });
      }
      if (answer === null) throw new Error('an answer without a head');
      return answer;
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.results.length, 0);
      return last.results.length > 0 && loaded < last.total ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
    enabled,
    // A refused question (a picture that cannot be read) is not asked twice.
    retry: false,
  });
}

/** Every item under the filters of a query, as columns: see contract/timeline. */
export function useLayoutOf(text: string, scope: Scope | null, enabled: boolean) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['timeline', text, scope],
    queryFn: async ({ signal }) =>
      readLayout(await (await client.timeline.layout({ text, scope }, { signal })).arrayBuffer()),
    enabled,
    retry: false,
    // Columns are not compared field by field, and those of lists left behind are not kept for long.
    structuralSharing: false,
    gcTime: 60_000,
  });
}

/** What the library holds that can be asked for by name. */
export function useVocabulary() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['suggestions'],
    queryFn: ({ signal }) => client.suggestions(undefined, { signal }),
    staleTime: Infinity,
  });
}

export function useHistory() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['history'],
    queryFn: ({ signal }) => client.history.list(undefined, { signal }),
    staleTime: Infinity,
  });
}

export function useDetails(itemId: ItemId) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['item', itemId],
    queryFn: ({ signal }) => client.items.get({ itemId }, { signal }),
  });
}

export function useRoots() {
  const { client } = useEngine();
  return useQuery({ queryKey: ['roots'], queryFn: ({ signal }) => client.roots.list(undefined, { signal }) });
}

export function usePacks() {
  const { client } = useEngine();
  return useQuery({ queryKey: ['packs'], queryFn: ({ signal }) => client.packs.list(undefined, { signal }) });
}

export function useErrors() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['errors'],
    queryFn: ({ signal }) => client.indexing.errors(undefined, { signal }),
    staleTime: 0,
  });
}

export function useFolders(path: string | undefined) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['folders', path ?? ''],
    queryFn: ({ signal }) => client.folders.list(path === undefined ? {} : { path }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

/** Folders to begin with; asked for once. */
export function useSuggestedFolders() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['folders', 'suggested'],
    queryFn: ({ signal }) => client.folders.suggested(undefined, { signal }),
  });
}

/** An order; afterwards what it touches is asked for again. */
function useOrder<I, O>(order: (input: I) => Promise<O>, touches: readonly string[]) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: order,
    onSettled: () => Promise.all(touches.map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}

export const useRemember = () => {
  const { client } = useEngine();
  return useOrder((text: string) => client.history.add({ text }), ['history']);
};
export const useForget = () => {
  const { client } = useEngine();
  /** Null: everything. */
  return useOrder(
    (text: string | null) => (text === null ? client.history.clear() : client.history.remove({ text })),
    ['history'],
  );
};
export const useAddRoot = () => {
  const { client } = useEngine();
  return useOrder((path: string) => client.roots.add({ path }), ['roots', 'find']);
};
export const useRemoveRoot = () => {
  const { client } = useEngine();
  return useOrder((rootId: RootId) => client.roots.remove({ rootId }), ['roots', 'find', 'errors']);
};
export const useImportPack = () => {
  const { client } = useEngine();
  return useOrder((path: string) => client.packs.import({ path }), ['packs']);
};
export const useActivatePack = () => {
  const { client } = useEngine();
  return useOrder((packId: PackId) => client.packs.use({ packId }), ['packs', 'find']);
};
export const useRemovePack = () => {
  const { client } = useEngine();
  return useOrder((packId: PackId) => client.packs.remove({ packId }), ['packs']);
};
export const useRescan = () => {
  const { client } = useEngine();
  return useOrder(() => client.indexing.rescan(), ['roots', 'find']);
};
export const useRetry = () => {
  const { client } = useEngine();
  return useOrder(() => client.indexing.retry(), ['errors']);
};
export const usePause = () => {
  const { client } = useEngine();
  return useOrder((paused: boolean) => (paused ? client.indexing.pause() : client.indexing.resume()), []);
};

const TOPICS: Readonly<Record<Change['topic'], readonly string[]>> = {
  items: ['find', 'item', 'timeline', 'collections', 'suggestions'],
  roots: ['roots', 'find', 'timeline', 'collections'],
  packs: ['packs', 'find', 'suggestions'],
  errors: ['errors'],
  decisions: ['find', 'item', 'timeline', 'collections', 'edits'],
};

/** Results may change four times a second while indexing; while that goes on, the grid asks again this often. */
const REFRESH_MS = 1_200;
/** After a quiet time the first changes are shown sooner, and each pause is a little longer than the one before. */
const FIRST_REFRESH_MS = 200;
const LONGER = 1.25;
/** Asking again may take up one part of the time in this many: a large library is asked for less often. */
const REFRESH_SHARE = 6;

/** Turns changes into asking again, gently. */
export function makeRefresher(cache: QueryClient): (topic: Change['topic']) => void {
  const due = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leastMs = FIRST_REFRESH_MS;
  const refresh = async () => {
    const keys = [...due];
    const startMs = performance.now();
    due.clear();
    // The next round starts after this one has come back: a long grid does not queue up requests.
    await Promise.all(
      keys.map((key) => cache.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false })),
    );
    const pauseMs = Math.max(leastMs, (performance.now() - startMs) * REFRESH_SHARE);
    // While it rests, what changes is only noted.
    timer = setTimeout(() => {
      timer = undefined;
      leastMs = due.size > 0 ? Math.min(REFRESH_MS, leastMs * LONGER) : FIRST_REFRESH_MS;
      if (due.size > 0) void refresh();
    }, pauseMs);
  };
  return (topic) => {
    for (const key of TOPICS[topic]) due.add(key);
    timer ??= setTimeout(() => void refresh(), FIRST_REFRESH_MS);
  };
}
