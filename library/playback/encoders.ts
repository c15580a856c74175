// Runs on the engine's thread: which encoders the ffmpeg in use has. Serves the form for browsers and clips.
import { collect } from '../media/ffmpeg/collect.ts';

const MAX_LIST_BYTES = 1024 * 1024;

let known: Promise<ReadonlySet<string>> | null = null;

/** Names as `-c:v` takes them; asked for once. @throws Failure FFMPEG_MISSING */
export function encoders(): Promise<ReadonlySet<string>> {
  known ??= collect('ffmpeg', ['-hide_banner', '-encoders'], MAX_LIST_BYTES, { totalMs: 20_000 })
    .then((list) => encodersIn(list.toString('utf8')))
    .catch((error: unknown) => {
      known = null;
      throw error;
    });
  return known;
}

/** Lines of `-encoders` are six flags and a name: ` V....D libx264  …`. */
export function encodersIn(list: string): ReadonlySet<string> {
  return new Set([...list.matchAll(/^ [VA][F.][S.][X.][B.][D.] (\S+)/gm)].map((match) => match[1] ?? ''));
}
