// Runs in the page: settings and the library's health, asked for and changed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../contract/upkeep.ts';
import { useEngine } from './engine.ts';

export function useSettings() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => client.settings.get(undefined, { signal }),
  });
}

/** Changes what is given; the rest stays. */
export function useSetSettings() {
  const { client } = useEngine();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<Settings>) => client.settings.set(changes),
    onSuccess: (settings) => cache.setQueryData(['settings'], settings),
  });
}

export function useStatus() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => client.status(undefined, { signal }),
    staleTime: 0,
  });
}

export function useRebuild() {
  const { client } = useEngine();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.upkeep.rebuild(),
    onSettled: () => cache.invalidateQueries(),
  });
}

export function useDiagnostics() {
  const { client } = useEngine();
  return useMutation({ mutationFn: () => client.upkeep.diagnostics() });
}

/** Does one failed file again, or passes it over from now on. */
export function useErrorOrders() {
  const { client } = useEngine();
  const cache = useQueryClient();
  // What is ignored is a pattern of the settings, and its item leaves the list.
  const onSettled = () =>
    Promise.all(['errors', 'settings', 'status'].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  return {
    retry: useMutation({ mutationFn: (path: string) => client.indexing.retry({ path }), onSettled }),
    ignore: useMutation({ mutationFn: (path: string) => client.indexing.ignore({ path }), onSettled }),
  };
}
