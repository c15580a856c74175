// Runs in the page: goes on to the next picture by itself, once the one shown has been seen for a while.
import { useEffect, useState } from 'react';

const SHOWN_MS = 4_000;

/**
 * @param shown - changes with each picture: the time begins anew, also when a person went on by hand
 * @param ready - whether it can be seen yet
 */
export function useSlideshow(shown: number, ready: boolean, goOn: () => void) {
  const [running, setRunning] = useState(false);
  useEffect(() => {
    if (!running || !ready) return undefined;
    const timer = setTimeout(goOn, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [running, ready, shown, goOn]);
  return { running, toggle: () => setRunning((before) => !before), stop: () => setRunning(false) };
}
