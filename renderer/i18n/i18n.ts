// Runs in the page: the interface's words in the person's language.
import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { English } from './en.ts';
import { en } from './en.ts';
import { makeFormat } from './format.ts';
import type { Format } from './format.ts';
import { ko } from './ko.ts';

export type Language = 'en' | 'ko';
export const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['ko', '한국어'],
];

type Base<K> = K extends `${infer B}_one` ? B : K extends `${string}_other` ? never : K;
/** A key of the dictionaries; for a plural its name without `_one` and `_other`. */
export type Key = Base<keyof English>;
export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const STORE = 'afterimage.language';
const known = (tag: string): Language => (tag.toLowerCase().startsWith('ko') ? 'ko' : 'en');

/** Starts in the language of last time, else in the browser's. */
export async function startLanguage(): Promise<void> {
  const language = known(window.localStorage.getItem(STORE) ?? window.navigator.language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ko: { translation: ko } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  window.localStorage.setItem(STORE, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Words by key; a plural takes `count`. */
export function useT(): Translate {
  const { t } = useTranslation();
  return useMemo(() => (key, values) => t(key, { ...values }), [t]);
}

export function useLanguage(): Language {
  return known(useTranslation().i18n.language);
}

/** One for all: the browser takes a millisecond to make the formats of a language, and every cell wants them. */
const formats = new Map<Language, Format>();

/** Numbers, dates, sizes and durations as the language writes them. */
export function useFormat(): Format {
  const language = useLanguage();
  const known = formats.get(language);
  if (known) return known;
  const made = makeFormat(language);
  formats.set(language, made);
  return made;
}
