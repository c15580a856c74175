// Runs in the page: asks for a folder, by the platform's dialog in the app and by our own in a browser.
import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { bridge } from '../engine/bridge.ts';
import { FolderDialog } from './folder-dialog.tsx';

type PickFolder = (title: string) => Promise<string | null>;

const PickerContext = createContext<PickFolder>(() => Promise.resolve(null));

/** Resolves to an absolute path, or to null when the person thought better of it. */
export function useFolderPicker(): PickFolder {
  return use(PickerContext);
}

export function FolderPickerProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<{ title: string; answer: (path: string | null) => void } | null>(null);
  const pick = useCallback<PickFolder>((title) => {
    const app = bridge();
    if (app) return app.pickFolder();
    return new Promise((resolve) => setAsked({ title, answer: resolve }));
  }, []);
  const context = useMemo(() => pick, [pick]);
  return (
    <PickerContext value={context}>
      {children}
      {asked && (
        <FolderDialog
          title={asked.title}
          onAnswer={(path) => {
            setAsked(null);
            asked.answer(path);
          }}
        />
      )}
    </PickerContext>
  );
}
