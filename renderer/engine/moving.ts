// Runs in the page: a move of the library as it goes, and the orders about it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { MoveState } from '../../contract/moving.ts';
import { useEngine } from './engine.ts';
import { follow } from './live.ts';

/** Followed while it is shown, over the moment in which the engine is another one at another place. */
export function useMoveState(): MoveState | null {
  const { client } = useEngine();
  const cache = useQueryClient();
  const [state, setState] = useState<MoveState | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const show = (now: MoveState | null) => {
      setState(now);
      if (now?.state === 'moved') void cache.invalidateQueries({ queryKey: ['status'] });
    };
    void follow((signal) => client.moving.state(undefined, { signal }), show, stop.signal);
    return () => {
      stop.abort();
    };
  }, [client, cache]);
  return state;
}

/** What a move to a folder would take. Who points at a folder with other things in it means one inside of it. */
export function useMovePlan() {
  const { client } = useEngine();
  return useMutation({ mutationFn: (to: string) => client.moving.plan({ to, inside: true }) });
}

export function useMoveOrders() {
  const { client } = useEngine();
  return {
    start: useMutation({
      mutationFn: (order: { readonly to: string; readonly keep: boolean }) => client.moving.start(order),
    }),
    stop: useMutation({ mutationFn: () => client.moving.stop() }),
  };
}
