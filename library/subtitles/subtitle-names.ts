// Runs anywhere: which files hold words for which media, by their names alone. Serves folders and the step subtitles.
import { basename, dirname, extname, join } from 'node:path/posix';

const endings: ReadonlySet<string> = new Set(['.srt', '.vtt', '.ass', '.ssa', '.lrc']);
/** What stands between a film's name and the ending beside a language. */
const flags: ReadonlySet<string> = new Set([
  ...[
    'forced',
    'sdh',
    'cc',
    'hi',
    'default',
    'full',
    'subs',
    'subtitles',
    'captions',
    'auto',
    'orig',
    'lyrics',
  ],
]);

const namesOfLanguages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

export function isSubtitleName(name: string): boolean {
  const ending = extname(name).toLowerCase();
  return ending !== '' && endings.has(ending) && basename(name).length > ending.length;
}

/** A part of a name as a language: 'ko', 'pt-BR', 'eng'; null where it is none. */
export function languageOfTag(tag: string): string | null {
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(tag)) return null;
  try {
    const { baseName, language } = new Intl.Locale(tag.replaceAll('_', '-'));
    return namesOfLanguages.of(language) === undefined ? null : baseName;
  } catch {
    return null;
  }
}

/**
 * Paths without ending that media may have to which a subtitle file belongs, likelier first: for
 * 'a/film.ko.forced.srt' those are 'a/film.ko.forced', 'a/film.ko' and 'a/film'. Stops at what is neither a
 * language nor a flag: 'film.part2.srt' is not the film's.
 */
export function stemsFor(path: string): string[] {
  const folder = dirname(path);
  let name = basename(path, extname(path));
  const stems: string[] = [];
  for (;;) {
    stems.push(folder === '.' ? name : join(folder, name));
    const ending = extname(name);
    const tag = ending.slice(1).toLowerCase();
    // 'film.mp4.srt' belongs to film.mp4, whose own stem is 'film'.
    const isPart = flags.has(tag) || languageOfTag(tag) !== null || /^[a-z0-9]{3,4}$/.test(tag);
    if (ending === '' || name.length === ending.length || !isPart) return stems;
    name = name.slice(0, -ending.length);
  }
}

/** Whether a subtitle file belongs to media of this stem (path without ending) and ending ('.mp4'). */
export function belongsTo(subtitlePath: string, stem: string, ending: string): boolean {
  if (!subtitlePath.toLowerCase().startsWith(`${stem.toLowerCase()}.`)) return false;
  const between = subtitlePath.slice(stem.length, -extname(subtitlePath).length).split('.').slice(1);
  return between.every(
    (part, i) =>
      flags.has(part.toLowerCase()) ||
      languageOfTag(part) !== null ||
      (i === 0 && `.${part}`.toLowerCase() === ending.toLowerCase()),
  );
}

/** The language a subtitle file's name gives, or null: the last part that is one. */
export function languageOfName(subtitlePath: string, stem: string): string | null {
  const between = subtitlePath.slice(stem.length, -extname(subtitlePath).length).split('.').slice(1);
  return (
    between
      .map((part) => (flags.has(part.toLowerCase()) ? null : languageOfTag(part)))
      .findLast((tag) => tag !== null) ?? null
  );
}
