// Runs in the page: light or dark, and the language.
import { useLive } from '../engine/engine.ts';
import { LANGUAGES, chooseLanguage, useLanguage, useT } from '../i18n/i18n.ts';
import { chooseTheme, theme } from '../ui/theme.ts';

const THEMES = ['system', 'light', 'dark'] as const;

export function LookTab() {
  const t = useT();
  const language = useLanguage();
  const chosen = useLive(theme);
  return (
    <>
      <fieldset className="setting">
        <legend>{t('menu.theme')}</legend>
        {THEMES.map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="theme" checked={chosen === one} onChange={() => chooseTheme(one)} />
            <span>{t(`theme.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="setting">
        <legend>{t('menu.language')}</legend>
        {LANGUAGES.map(([one, name]) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="language"
              checked={language === one}
              onChange={() => void chooseLanguage(one)}
            />
            <span lang={one}>{name}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
