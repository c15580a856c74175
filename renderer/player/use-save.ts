// Runs in the page: taking something out into a folder that a person chooses: asked, shown while it is written, told.
import { useEffect, useRef, useState } from 'react';
import type { FailureData } from '../../contract/failures.ts';
import { failureIn } from '../engine/failure.ts';
import { useT } from '../i18n/i18n.ts';
import { useFolderPicker } from '../upkeep/folder-picker.tsx';

/** Writes into a folder and says how far it is (0 to 1, or null); gives the path at the end. */
export type Write = (
  folder: string,
  evenIfWatched: boolean,
  onShare: (share: number | null) => void,
  signal: AbortSignal,
) => Promise<string | null>;

export type Saving =
  | { readonly state: 'writing'; readonly share: number | null }
  | { readonly state: 'saved'; readonly path: string }
  | { readonly state: 'failed'; readonly failure: FailureData; readonly again: () => void };

export function useSave() {
  const t = useT();
  const pick = useFolderPicker();
  const [saving, setSaving] = useState<Saving | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const write = async (work: Write, folder: string, evenIfWatched: boolean) => {
    stop.current?.abort();
    const control = new AbortController();
    stop.current = control;
    setSaving({ state: 'writing', share: null });
    try {
      const onShare = (share: number | null) => setSaving({ state: 'writing', share });
      const path = await work(folder, evenIfWatched, onShare, control.signal);
      if (!control.signal.aborted) setSaving(path === null ? null : { state: 'saved', path });
    } catch (error) {
      if (control.signal.aborted) return;
      const again = () => void write(work, folder, true);
      setSaving({ state: 'failed', failure: failureIn(error), again });
    }
  };
  return {
    saving,
    async save(work: Write) {
      const folder = await pick(t('player.pickFolder'));
      if (folder !== null) await write(work, folder, false);
    },
    cancel() {
      stop.current?.abort();
      setSaving(null);
    },
  };
}
