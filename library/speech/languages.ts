// Runs anywhere: whether two transcripts are in one language, as far as that can be told.

/** 'eng', 'en-US', 'EN' as 'en'; null for what is no language. */
export function primaryLanguage(tag: string | null): string | null {
  if (tag === null || tag === '') return null;
  try {
    return new Intl.Locale(Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? '').language;
  } catch {
    return null;
  }
}

const scripts = [
  'Latin',
  'Hangul',
  'Han',
  'Kana',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Thai',
  'Devanagari',
] as const;
const letters = new Map<string, RegExp>(
  scripts.map((script) => [
    script,
    script === 'Kana'
      ? /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
      : new RegExp(`\\p{Script=${script}}`, 'gu'),
  ]),
);

/** The script that most of a text's letters are of; Kana decides, since Japanese is written with Han as well. */
function scriptOf(text: string): string {
  const counts = scripts.map(
    (script) => [script, text.match(letters.get(script) ?? /x/g)?.length ?? 0] as const,
  );
  const kana = counts.find(([script, n]) => script === 'Kana' && n > 0);
  return (kana ?? counts.toSorted((a, b) => b[1] - a[1])[0])?.[0] ?? '';
}

/** By their names where both have one, else by the script they are written in. */
export function isSameLanguage(a: string | null, aText: string, b: string | null, bText: string): boolean {
  const [one, other] = [primaryLanguage(a), primaryLanguage(b)];
  return one !== null && other !== null ? one === other : scriptOf(aText) === scriptOf(bText);
}
