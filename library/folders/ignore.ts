// Runs on the engine's thread: which names below a root are passed over. Serves scan and watch alike.
import picomatch from 'picomatch';
import { isSubtitleName } from '../subtitles/subtitle-names.ts';
import { isMediaName } from './media-names.ts';

/** Folders that systems and storage devices keep for themselves, in lower case. */
const systemFolders: ReadonlySet<string> = new Set([
  ...['$recycle.bin', 'recycler', 'recycled', 'system volume information', 'lost+found', 'thumbs'],
  ...['@eadir', '#recycle', '@recycle', '#snapshot', '@tmp', '__macosx'],
  ...['node_modules', 'bower_components', '__pycache__'],
]);

/** Folders that a program shows as one thing and keeps its own files in. */
const packageFolder =
  /\.(photoslibrary|photolibrary|migratedphotolibrary|aplibrary|lrdata|lrlibrary|cocatalog|imovielibrary|fcpbundle|tvlibrary|musiclibrary|app|bundle|framework|xcodeproj)$/i;

/** A folder with a file of this name in it, and all below it, is not for galleries (Android's rule). */
export const NO_MEDIA = '.nomedia';

export interface IgnoreRules {
  /** Whether a folder is passed over, judged by itself; `path` is relative to its root, '/' between parts. */
  ignoresFolder(path: string): boolean;
  /** Whether a file is passed over, judged by itself. */
  ignoresFile(path: string): boolean;
  /** Whether a file is passed over, by itself or because of a folder above it. */
  hides(path: string): boolean;
  /** Whether a folder is passed over, by itself or because of a folder above it. */
  hidesFolder(path: string): boolean;
}

interface OwnPattern {
  readonly keeps: boolean;
  readonly foldersOnly: boolean;
  readonly matches: (path: string) => boolean;
}

/**
 * The rules with a person's own patterns, in the form of .gitignore (git-scm.com/docs/gitignore): one each,
 * `#` begins a remark, `!` takes back, a slash at the end means folders only, a slash elsewhere binds the
 * pattern to the root, the last one that matches decides. What the built-in rules pass over stays so.
 */
export function createIgnoreRules(patterns: readonly string[]): IgnoreRules {
  const own = patterns.map(parsePattern).filter((pattern) => pattern !== null);
  const ignoredByOwn = (path: string, isFolder: boolean): boolean => {
    const last = own.findLast((pattern) => (isFolder || !pattern.foldersOnly) && pattern.matches(path));
    return last !== undefined && !last.keeps;
  };
  const ignoresFolder = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return (
      name.startsWith('.') ||
      systemFolders.has(name.toLowerCase()) ||
      packageFolder.test(name) ||
      ignoredByOwn(path, true)
    );
  };
  const ignoresFile = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return name.startsWith('.') || !(isMediaName(name) || isSubtitleName(name)) || ignoredByOwn(path, false);
  };
  const below = (path: string): boolean => foldersAbove(path).some(ignoresFolder);
  return {
    ignoresFolder,
    ignoresFile,
    hides: (path) => ignoresFile(path) || below(path),
    hidesFolder: (path) => path !== '' && (ignoresFolder(path) || below(path)),
  };
}

/** 'a/b/c.jpg' gives 'a' and 'a/b'. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

function parsePattern(line: string): OwnPattern | null {
  let glob = line.replace(/\r$/, '').replace(/(?<!\\) +$/, '');
  if (glob === '' || glob.startsWith('#')) return null;
  const keeps = glob.startsWith('!');
  if (keeps) glob = glob.slice(1);
  const foldersOnly = glob.endsWith('/');
  if (foldersOnly) glob = glob.slice(0, -1);
  const bound = glob.includes('/');
  if (glob.startsWith('/')) glob = glob.slice(1);
  if (glob === '') return null;
  // 'a/**' is what is in a, not a itself.
  if (glob.endsWith('/**')) glob += '/*';
  // Of picomatch's language .gitignore has * ** ? [ ] and \ only; all else stands for itself.
  const plain = glob.replace(/\\?[(){}|+@!^$]/g, (found) => `\\${found.slice(-1)}`);
  const matches = picomatch(bound ? plain : `**/${plain}`, {
    ...{ dot: true, nonegate: true, noextglob: true, nobrace: true, windows: false },
  });
  return { keeps, foldersOnly, matches };
}
