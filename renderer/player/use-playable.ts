// Runs in the page: what the media element is given: the file, or a form of it that the engine makes first.
import { useCallback, useEffect, useState } from 'react';
import type { FailureData } from '../../contract/failures.ts';
import type { Playback, WorkProgress } from '../../contract/playback.ts';
import { useEngine } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { codecsPlayed, playsFile } from './plays-here.ts';

export interface Playable {
  /** Null while it is being made. */
  readonly source: string | null;
  readonly progress: WorkProgress | null;
  readonly failure: FailureData | null;
  /** The element could not play the source. */
  readonly onRefused: () => void;
}

type Way = 'file' | 'prepare' | 'encode' | 'ready' | 'failed';

/** Mount anew for each item. What is being made is given up when the player is left. */
export function usePlayable(playback: Playback | undefined): Playable {
  const { client, media } = useEngine();
  const [chosen, setWay] = useState<Way | null>(null);
  const [progress, setProgress] = useState<WorkProgress | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const direct =
    playback !== undefined &&
    (playback.prepared ||
      playsFile(playback.mediaType, [playback.video?.codec ?? null, playback.audio?.codec ?? null]));
  const way: Way | null = chosen ?? (playback === undefined ? null : direct ? 'file' : 'prepare');
  const itemId = playback?.itemId;
  const makes = way === 'prepare' || way === 'encode';

  useEffect(() => {
    if (itemId === undefined || !makes) return undefined;
    const stop = new AbortController();
    const make = async () => {
      const request = { itemId, plays: codecsPlayed(), encodeAll: way === 'encode' };
      for await (const event of await client.playback.prepare(request, { signal: stop.signal }))
        if (!stop.signal.aborted) setProgress(event);
      if (!stop.signal.aborted) setWay('ready');
    };
    make().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      setFailure(failureIn(error));
      setWay('failed');
    });
    return () => stop.abort();
  }, [client, itemId, makes, way]);

  const onRefused = useCallback(() => {
    setWay((before) => (before === 'ready' || before === 'failed' ? 'failed' : 'encode'));
  }, []);
  const plays = itemId !== undefined && (way === 'file' || way === 'ready');
  return {
    // The same address gives other bytes once a form was made.
    source: plays ? `${media(itemId, 'full')}${way === 'ready' ? '#made' : ''}` : null,
    progress: makes ? (progress ?? { share: null, remainingMs: null, path: null }) : null,
    failure: way === 'failed' ? (failure ?? { code: 'MEDIA_NOT_SUPPORTED', reason: '', remedy: '' }) : null,
    onRefused,
  };
}
