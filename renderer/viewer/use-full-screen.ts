// Runs in the page: whether the window fills the screen, and making it so.
import { useCallback, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};
const isFull = () => document.fullscreenElement !== null;

/** The whole page and not the viewer alone: a dialog may not fill the screen by itself. */
export function useFullScreen() {
  const full = useSyncExternalStore(subscribe, isFull);
  const toggle = useCallback(() => {
    // Refused (by a policy, or in the middle of a change): then everything stays as it is.
    const change = isFull() ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    change.catch(() => undefined);
  }, []);
  return { full, toggle };
}
