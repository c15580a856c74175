// Runs in the page: a media element as state: where it stands, whether it plays, and what moves it.
import { useCallback, useEffect, useState } from 'react';

/** Opening is a wish to watch; where motion is unwanted, or no hand opened it, it stands and waits. */
function mayBegin(): boolean {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return !still && window.navigator.userActivation.isActive;
}

export function usePlayhead(startMs: number, knownMs: number | null) {
  const [element, setElement] = useState<HTMLMediaElement | null>(null);
  const [nowMs, setNowMs] = useState(startMs);
  const [playing, setPlaying] = useState(false);
  const [foundMs, setFoundMs] = useState<number | null>(null);
  const lengthMs = foundMs ?? knownMs ?? 0;

  useEffect(() => {
    if (!element) return undefined;
    let frame = 0;
    const tell = () => {
      setNowMs(element.currentTime * 1000);
      frame = element.paused ? 0 : requestAnimationFrame(tell);
    };
    const onState = () => {
      setPlaying(!element.paused);
      cancelAnimationFrame(frame);
      tell();
    };
    const onMetadata = () => {
      if (Number.isFinite(element.duration)) setFoundMs(element.duration * 1000);
      element.currentTime = startMs / 1000;
      if (mayBegin()) element.play().catch(() => undefined);
    };
    const states = ['play', 'pause', 'ended', 'seeked', 'timeupdate'];
    for (const name of states) element.addEventListener(name, onState);
    element.addEventListener('loadedmetadata', onMetadata);
    if (element.readyState >= 1) onMetadata();
    return () => {
      cancelAnimationFrame(frame);
      for (const name of states) element.removeEventListener(name, onState);
      element.removeEventListener('loadedmetadata', onMetadata);
    };
  }, [element, startMs]);

  const seek = useCallback(
    (toMs: number) => {
      const ms = Math.max(0, lengthMs > 0 ? Math.min(toMs, lengthMs) : toMs);
      setNowMs(ms);
      if (element) element.currentTime = ms / 1000;
    },
    [element, lengthMs],
  );
  const toggle = useCallback(() => {
    if (!element) return;
    if (element.paused) element.play().catch(() => undefined);
    else element.pause();
  }, [element]);
  return { element, setElement, nowMs, lengthMs, playing, seek, toggle };
}
