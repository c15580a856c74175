// Runs in the page: listens to the desktop's menu, tells it the language, and takes what was opened with the app.
import { useEffect, useRef } from 'react';
import type { OpenedPath, ShellEvent } from '../../contract/desktop.ts';
import { bridge } from '../engine/bridge.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { runCommand } from './commands.ts';
import { shellFacts, useFocusFacts } from './facts.ts';

export interface ShellListeners {
  /** A command that nothing in sight does. */
  readonly onNothing: () => void;
  readonly onOpened: (paths: readonly OpenedPath[]) => void;
}

/** Keeps the native menu in step. What changes together is told once. */
function tellFacts(): (() => void) | undefined {
  const app = bridge();
  if (!app) return undefined;
  let due = false;
  const tell = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      void app.setFacts(shellFacts.get());
    });
  };
  tell();
  return shellFacts.subscribe(tell);
}

/** In a browser there is no shell, and nothing happens. */
export function useShell(listeners: ShellListeners): void {
  const language = useLanguage();
  const latest = useRef(listeners);
  useEffect(() => {
    latest.current = listeners;
  });
  useEffect(() => void bridge()?.speak(language), [language]);
  useFocusFacts();
  useEffect(tellFacts, []);
  useEffect(() => {
    const app = bridge();
    if (!app) return undefined;
    let here = true;
    const take = async () => {
      const paths = await app.takeOpened();
      if (here && paths.length > 0) latest.current.onOpened(paths);
    };
    app.onEvent((event: ShellEvent) => {
      if (!here) return;
      if (event.type === 'opened') void take();
      else if (!runCommand(event.command)) latest.current.onNothing();
    });
    // What came before the page.
    void take();
    return () => {
      here = false;
    };
  }, []);
}
