// Runs in the page: what the player asks of the engine.
import { useQuery } from '@tanstack/react-query';
import type { ItemId } from '../../contract/ids.ts';
import type { SearchInput } from '../../contract/search.ts';
import { useEngine } from './engine.ts';

export function usePlayback(itemId: ItemId) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['item', itemId, 'playback'],
    queryFn: ({ signal }) => client.playback.get({ itemId }, { signal }),
  });
}

/** @param request - null: nothing is searched for */
export function useRelevance(itemId: ItemId, request: SearchInput | null, question: string) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['item', itemId, 'relevance', question],
    queryFn: ({ signal }) => client.playback.relevance({ itemId, request: request ?? {} }, { signal }),
    enabled: request !== null,
    retry: false,
  });
}

export function useWaveform(itemId: ItemId, enabled: boolean) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['item', itemId, 'waveform'],
    queryFn: ({ signal }) => client.playback.waveform({ itemId }, { signal }),
    enabled,
    retry: false,
    staleTime: Infinity,
  });
}
