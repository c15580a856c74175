// Runs in the page: light, dark or as the system has it, kept for the next start.
import { Live } from '../engine/live.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'afterimage.theme';
const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** What the person chose. */
export const theme = new Live<Theme>('system');

function show(): void {
  const chosen = theme.get();
  const shown = chosen === 'system' ? (systemIsDark().matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset['theme'] = shown;
}

/** Shows the theme of last time and follows the system's from then on. */
export function startTheme(): void {
  const kept = window.localStorage.getItem(KEY);
  theme.set(kept === 'light' || kept === 'dark' ? kept : 'system');
  systemIsDark().addEventListener('change', show);
  show();
}

export function chooseTheme(chosen: Theme): void {
  window.localStorage.setItem(KEY, chosen);
  theme.set(chosen);
  show();
}
