// Runs in the page: downloads of packs as they go, and the orders about them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PackId } from '../../contract/ids.ts';
import type { PackDownload } from '../../contract/downloads.ts';
import { useEngine } from '../engine/engine.ts';
import { follow } from '../engine/live.ts';

export function useOffers() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['packs', 'offers'],
    queryFn: ({ signal }) => client.packs.offers(undefined, { signal }),
  });
}

/** What a pack costs on this machine; measured when first asked, for a second. */
export function usePackCost(packId: PackId) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['packCost', packId],
    queryFn: ({ signal }) => client.packs.cost({ packId }, { signal }),
    staleTime: Infinity,
  });
}

/** Followed while it is shown. A download that ended changes the packs at hand. */
export function useDownloads(): readonly PackDownload[] {
  const { client } = useEngine();
  const cache = useQueryClient();
  const [downloads, setDownloads] = useState<readonly PackDownload[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    let before = 0;
    const show = (now: readonly PackDownload[]) => {
      if (now.length < before) void cache.invalidateQueries({ queryKey: ['packs'] });
      before = now.length;
      setDownloads(now);
    };
    void follow((signal) => client.packs.downloads(undefined, { signal }), show, stop.signal);
    return () => {
      stop.abort();
    };
  }, [client, cache]);
  return downloads;
}

export const useInstall = () => {
  const { client } = useEngine();
  return useMutation({ mutationFn: (packId: PackId) => client.packs.install({ packId }) });
};

export const useStop = () => {
  const { client } = useEngine();
  return useMutation({
    mutationFn: (order: { readonly packId: PackId; readonly keep: boolean }) => client.packs.stop(order),
  });
};
