// Runs in Electron's main process: says that an index which took long is done, to who asked for it and looks elsewhere.
import type { IndexedNote } from '../contract/shell.ts';
import type { UtilityProcess } from 'electron';
import { indexedText, menuText, type MenuLanguage } from './menu-texts.ts';

export interface NotifyParts {
  wanted(): boolean;
  /** Whether the person sees our window: then it says so itself. */
  inFront(): boolean;
  language(): MenuLanguage;
  show(note: { readonly title: string; readonly body: string }): void;
}

export function notifyWhenIndexed(child: Pick<UtilityProcess, 'on'>, parts: NotifyParts): void {
  child.on('message', (message: Partial<IndexedNote> | null) => {
    if (message?.type !== 'indexed' || typeof message.items !== 'number') return;
    if (!parts.wanted() || parts.inFront()) return;
    const language = parts.language();
    parts.show({ title: menuText('indexed', language), body: indexedText(message.items, language) });
  });
}
