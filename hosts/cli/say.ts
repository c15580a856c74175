// Runs in the command line: sentences in the person's language, with their parts filled in.
import type { FailureData } from '../../contract/index.ts';
import { en, type MessageKey, type Messages } from './messages/en.ts';
import { ko, koFailures } from './messages/ko.ts';

export type Language = 'en' | 'ko';

export interface Say {
  (key: MessageKey, parts?: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
  /** A failure in one or two sentences, and its code. */
  failure(failure: FailureData): string;
}

const catalogues: Readonly<Record<Language, Messages>> = { en, ko };

/** The language by LC_ALL, LC_MESSAGES and LANG, in this order; else as the platform says. */
export function languageOf(
  env: NodeJS.ProcessEnv,
  platformLocale: () => string = () => new Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (one) => one !== undefined && one !== '',
  );
  return /^ko([-_.@]|$)/i.test(named ?? platformLocale()) ? 'ko' : 'en';
}

export function createSay(language: Language): Say {
  const catalogue = catalogues[language];
  const say = (key: MessageKey, parts: Readonly<Record<string, string | number>> = {}): string =>
    catalogue[key].replace(/\{([\w-]+)\}/g, (_, name: string) => String(parts[name] ?? ''));
  const failure = ({ code, reason, remedy }: FailureData): string => {
    const sentences = [reason, remedy].filter((one) => one !== '').join(' ');
    return language === 'ko' ? `${koFailures[code]}: ${sentences} (${code})` : `${sentences} (${code})`;
  };
  return Object.assign(say, { language, failure });
}
