// Runs on the engine's thread: what is said in one file, for the tool of that name; nothing is stored.
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Failure, type SpokenEvent } from '../../contract/index.ts';
import { decodeAudio } from '../media/ffmpeg/audio.ts';
import { extractSubtitles } from '../media/ffmpeg/subtitles.ts';
import { probe } from '../media/ffmpeg/probe.ts';
import type { Cue } from '../subtitles/cue.ts';
import { parseSubtitles, readSubtitles } from '../subtitles/read-subtitles.ts';
import { belongsTo, isSubtitleName, languageOfName } from '../subtitles/subtitle-names.ts';
import { hear, hearingFromStart, mostSpoken } from './hear.ts';
import type { SpeechPacks } from './hearing.ts';

/**
 * Hears the file with the speech pack in use. Where there is none, what is written beside or inside it is given
 * instead, if there is any.
 *
 * @throws Failure FILE_NOT_FOUND, PACK_UNKNOWN where nothing can be heard, MEDIA_*, MODEL_FAILED; AbortError
 */
export async function* transcribeFile(
  speech: SpeechPacks,
  asked: string,
  signal: AbortSignal,
): AsyncGenerator<SpokenEvent, void, undefined> {
  const path = await realpath(asked).catch((error: unknown) => {
    throw new Failure('FILE_NOT_FOUND', `There is no file ${asked}.`, 'Check the path.', { cause: error });
  });
  const tracks = await probe(path, signal);
  const packId = speech.activeId();
  if (packId === null) {
    yield* written(path, await writtenWords(path, tracks.subtitles, signal), speech.trouble() ?? '');
    return;
  }
  const track = tracks.audio[0];
  let state = hearingFromStart;
  if (track !== undefined) {
    const { recogniser, voices } = await speech.ears(packId);
    const sound = decodeAudio(path, { track: track.index }, signal);
    for await (const part of hear({ sound, voices, recogniser, state, signal })) {
      ({ state } = part);
      for (const sentence of part.sentences) yield { event: 'sentence', ...sentence };
    }
  }
  yield { event: 'done', source: 'speech', language: mostSpoken(state.languages), dropped: state.dropped };
}

interface WrittenWords {
  readonly source: 'file' | 'track';
  readonly language: string | null;
  readonly cues: readonly Cue[];
}

async function writtenWords(
  path: string,
  tracks: Awaited<ReturnType<typeof probe>>['subtitles'],
  signal: AbortSignal,
): Promise<WrittenWords | null> {
  const ending = extname(path);
  const stem = basename(path, ending);
  for (const name of (await readdir(dirname(path))).toSorted()) {
    if (!isSubtitleName(name) || !belongsTo(name, stem, ending)) continue;
    const cues = await readSubtitles(join(dirname(path), name));
    if (cues.length > 0) return { source: 'file', language: languageOfName(name, stem), cues };
  }
  const track = tracks.find(({ isText }) => isText);
  if (track === undefined) return null;
  const cues = parseSubtitles(await extractSubtitles(path, track.index, signal));
  return { source: 'track', language: track.language, cues };
}

function* written(path: string, words: WrittenWords | null, trouble: string): Generator<SpokenEvent> {
  if (words === null)
    throw new Failure(
      'PACK_UNKNOWN',
      `What is said in ${basename(path)} cannot be heard: no speech is installed, and no subtitles are there. ${trouble}`,
      'See docs/speech.md for how to install it.',
    );
  for (const cue of words.cues) yield { event: 'sentence', ...cue };
  yield { event: 'done', source: words.source, language: words.language, dropped: 0 };
}
