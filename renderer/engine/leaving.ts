// Runs in the page: items that leave the library: exports with their progress, and the trash.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportForm, ExportProgress } from '../../contract/export.ts';
import type { ItemId } from '../../contract/ids.ts';
import { useEngine } from './engine.ts';

export interface Exporting {
  readonly progress: ExportProgress | null;
  readonly running: boolean;
  readonly error: unknown;
  readonly start: (form: ExportForm, folder: string) => void;
}

/** One export at a time; it ends with the component that asked for it. */
export function useExport(itemIds: ItemId[]): Exporting {
  const { client } = useEngine();
  const [state, setState] = useState<Omit<Exporting, 'start'>>({
    progress: null,
    running: false,
    error: null,
  });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = useCallback(
    (form: ExportForm, folder: string) => {
      const control = new AbortController();
      stop.current = control;
      const run = async () => {
        setState({ progress: null, running: true, error: null });
        const events = await client.exports.run({ itemIds, folder, form }, { signal: control.signal });
        for await (const progress of events)
          setState({ progress, running: progress.path === null, error: null });
      };
      run().catch((error: unknown) => {
        if (!control.signal.aborted) setState((before) => ({ ...before, running: false, error }));
      });
    },
    [client, itemIds],
  );
  return { ...state, start };
}

export function useTrashPlan(itemIds: ItemId[]) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['trash', itemIds],
    queryFn: ({ signal }) => client.trash.plan({ itemIds }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

export function useTrash() {
  const { client } = useEngine();
  return useMutation({ mutationFn: (itemIds: ItemId[]) => client.trash.move({ itemIds }) });
}
