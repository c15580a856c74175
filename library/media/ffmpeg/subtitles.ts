// Runs wherever subtitles are read: the text tracks inside a file, as WebVTT.
import { collect } from './collect.ts';
import { ffmpegArguments } from './command.ts';

const MAX_BYTES = 32 * 1024 * 1024;
/** The whole file is read to find the lines between its pictures: long films on slow disks take their time. */
const TOTAL_MS = 30 * 60_000;

/**
 * One subtitle track as the text of a WebVTT file, UTF-8.
 *
 * @param path - absolute path of a regular file
 * @param track - index of a track that {@link SubtitleTrack.isText}
 * @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function extractSubtitles(path: string, track: number, signal?: AbortSignal): Promise<string> {
  const args = ffmpegArguments(path, {
    outputs: [{ to: 'pipe:1', options: ['-map', `0:${String(track)}`, '-c:s', 'webvtt', '-f', 'webvtt'] }],
  });
  const limits = { silenceMs: TOTAL_MS, totalMs: TOTAL_MS };
  return (await collect('ffmpeg', args, MAX_BYTES, limits, signal)).toString('utf8');
}
