// Runs in the page: the moment that the page's address names, opened once when the page begins.
import { useEffect, useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { ItemKind } from '../../contract/media.ts';
import { useEngine } from '../engine/engine.ts';
import { forgetLink, linkIn } from './link.ts';

interface Linked {
  readonly itemId: ItemId;
  readonly kind: ItemKind;
  readonly startMs: number;
}

/** @param onOpen - must stay the same */
export function useLinkedMoment(onOpen: (itemId: ItemId) => void): Linked | null {
  const { client } = useEngine();
  const [linked, setLinked] = useState<Linked | null>(null);
  useEffect(() => {
    const link = linkIn(window.location.href);
    if (!link) return undefined;
    const stop = new AbortController();
    client.items.byHash({ hash: link.hash }, { signal: stop.signal }).then(
      ({ itemId, kind }) => {
        setLinked({ itemId, kind, startMs: link.startMs });
        onOpen(itemId);
        forgetLink();
      },
      // What the link names is not in this library: the page is the page without it.
      () => undefined,
    );
    return () => stop.abort();
  }, [client, onOpen]);
  return linked;
}
