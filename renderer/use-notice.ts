// Runs in the page: a sentence that is said once and goes by itself, with what can be done about it.
import { useCallback, useEffect, useState } from 'react';

export interface Notice {
  readonly text: string;
  /** Takes back what it tells of. */
  readonly onUndo?: () => void;
}

const NOTICE_MS = 5_000;
/** Something to press needs time to be reached. */
const UNDO_NOTICE_MS = 9_000;

export function useNotice() {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), notice.onUndo ? UNDO_NOTICE_MS : NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const say = useCallback((text: string, onUndo?: () => void) => {
    setNotice(onUndo ? { text, onUndo } : { text });
  }, []);
  return [notice, say] as const;
}
