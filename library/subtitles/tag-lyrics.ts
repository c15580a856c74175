// Runs on the engine's thread: lyrics among the tags of a recording.
import type { Cue } from './cue.ts';
import { parseSubtitles } from './read-subtitles.ts';

/** Lines without times that make one moment: about a verse. */
const LINES = 4;

/** ffmpeg's names: `lyrics`, `lyrics-eng` (ID3), `unsyncedlyrics` (Vorbis comments, iTunes). */
const lyricsTag = /^(?:unsynced|synced)?lyrics(?:-([a-z]{3}))?$/i;

export function lyricsOfTags(
  tags: Readonly<Record<string, string>>,
): { origin: string; language: string | null; cues: Cue[] } | null {
  for (const [name, text] of Object.entries(tags)) {
    const found = lyricsTag.exec(name);
    if (found === null) continue;
    const cues = verses(parseSubtitles(text));
    const code = found[1] ?? null;
    if (cues.length > 0)
      return { origin: name, language: code === 'xxx' || code === 'und' ? null : code, cues };
  }
  return null;
}

/** Lines with times stand for themselves. */
function verses(cues: readonly Cue[]): Cue[] {
  if (cues.some(({ startMs }) => startMs !== null)) return [...cues];
  const made: Cue[] = [];
  for (let at = 0; at < cues.length; at += LINES)
    made.push({
      ...{ startMs: null, endMs: null },
      text: cues
        .slice(at, at + LINES)
        .map(({ text }) => text)
        .join(' / '),
    });
  return made;
}
