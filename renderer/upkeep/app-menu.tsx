// Runs in the page: the one menu: the library, the look, the language, the keys.
import { useLive } from '../engine/engine.ts';
import { LANGUAGES, chooseLanguage, useLanguage, useT } from '../i18n/i18n.ts';
import type { Panel } from './panels.tsx';
import { useCanAct } from '../shell/facts.ts';
import { IconButton } from '../ui/button.tsx';
import { KeysIcon, MenuIcon, RetryIcon, SettingsIcon, WarningIcon } from '../ui/icons.ts';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/menu.tsx';
import { chooseTheme, theme } from '../ui/theme.ts';

export interface AppMenuProps {
  readonly onPanel: (panel: Panel) => void;
  readonly onRescan: () => void;
}

export function AppMenu({ onPanel, onRescan }: AppMenuProps) {
  const t = useT();
  const language = useLanguage();
  const chosen = useLive(theme);
  const canRescan = useCanAct('look-again');
  return (
    <Menu
      trigger={
        <IconButton label={t('menu.title')} tip="below-end">
          <MenuIcon size={20} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<SettingsIcon size={16} aria-hidden />} onSelect={() => onPanel('settings')}>
        {t('menu.settings')}
      </MenuItem>
      <MenuItem icon={<RetryIcon size={16} aria-hidden />} disabled={!canRescan} onSelect={onRescan}>
        {t('menu.rescan')}
      </MenuItem>
      <MenuItem icon={<WarningIcon size={16} aria-hidden />} onSelect={() => onPanel('errors')}>
        {t('menu.errors')}
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label={t('menu.theme')}
        value={chosen}
        options={[
          ['system', t('theme.system')],
          ['light', t('theme.light')],
          ['dark', t('theme.dark')],
        ]}
        onChange={chooseTheme}
      />
      <MenuLine />
      <MenuChoice
        label={t('menu.language')}
        value={language}
        options={LANGUAGES}
        onChange={(next) => void chooseLanguage(next)}
      />
      <MenuLine />
      <MenuItem icon={<KeysIcon size={16} aria-hidden />} shortcut="?" onSelect={() => onPanel('keys')}>
        {t('menu.keys')}
      </MenuItem>
    </Menu>
  );
}
