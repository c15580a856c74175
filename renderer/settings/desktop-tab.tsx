// Runs in the page: what the desktop app does beside its window; there is no such page in a browser.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DesktopOptions } from '../../contract/desktop.ts';
import { bridge } from '../engine/bridge.ts';
import { useT } from '../i18n/i18n.ts';

const NAMES = [
  'keepWatching',
  'openAtLogin',
  'notify',
  'checkForUpdates',
] as const satisfies readonly (keyof DesktopOptions)[];

export function DesktopTab() {
  const t = useT();
  const cache = useQueryClient();
  const queryKey = ['desktop'];
  const options = useQuery({ queryKey, queryFn: () => bridge()?.options() ?? null }).data;
  const set = useMutation({
    mutationFn: async (change: Partial<DesktopOptions>) => (await bridge()?.setOptions(change)) ?? null,
    onSuccess: (now) => cache.setQueryData(queryKey, now),
  });
  return (
    <section className="setting" aria-labelledby="desktop-title">
      <h3 id="desktop-title">{t('desktop.title')}</h3>
      {NAMES.map((name) => (
        <label key={name} className="setting-switch">
          <input
            type="checkbox"
            disabled={!options}
            checked={options?.[name] === true}
            onChange={(event) => set.mutate({ [name]: event.target.checked })}
          />
          <span>
            {t(`desktop.${name}`)}
            <small>{t(`desktop.${name}Explain`)}</small>
          </span>
        </label>
      ))}
    </section>
  );
}
