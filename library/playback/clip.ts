// Runs on the engine's thread: what lies between two moments of an item, written as a file of its own.
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, type WorkProgress } from '../../contract/index.ts';
import { ffmpegArguments } from '../media/ffmpeg/command.ts';
import { seconds } from '../media/ffmpeg/audio.ts';
import type { Tracks } from './browser-form.ts';
import { giveUpName, takeName } from './destination.ts';
import { runWithProgress } from './run-with-progress.ts';

/** Anything shorter is a slip of the hand. */
const SHORTEST_MS = 100;

export interface ClipForm {
  readonly extension: string;
  readonly options: readonly string[];
}

/**
 * A film's clip is encoded anew, at a quality that nobody tells from the original: copied streams could begin
 * at a keyframe only, seconds before the moment that was chosen. Sound is copied where its frames are short
 * enough to be cut anywhere.
 */
export function clipForm({ video, audio }: Tracks, encoders: ReadonlySet<string>): ClipForm {
  if (video === null) return soundForm(audio, encoders);
  const picture = ['-map', `0:${String(video.index)}`];
  const sound = audio === null ? [] : ['-map', `0:${String(audio.index)}`];
  if (encoders.has('libx264'))
    return {
      extension: '.mp4',
      options: [
        ...picture,
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'],
        ...['-vf', 'crop=trunc(iw/2)*2:trunc(ih/2)*2'],
        ...sound,
        ...(audio === null ? [] : ['-c:a', 'aac', '-b:a', '192k']),
        ...['-sn', '-dn', '-movflags', '+faststart', '-f', 'mp4'],
      ],
    };
  if (encoders.has('libvpx') && (audio === null || encoders.has('libopus')))
    return {
      extension: '.webm',
      options: [
        ...picture,
        ...['-c:v', 'libvpx', '-crf', '6', '-b:v', '8M', '-deadline', 'good', '-cpu-used', '4'],
        ...sound,
        ...(audio === null ? [] : ['-c:a', 'libopus', '-b:a', '160k']),
        ...['-sn', '-dn', '-f', 'webm'],
      ],
    };
  throw new Failure(
    'MEDIA_NOT_SUPPORTED',
    'The ffmpeg in use cannot write films.',
    'Install a complete ffmpeg, or name one by AFTERIMAGE_FFMPEG.',
  );
}

function soundForm(track: Tracks['audio'], encoders: ReadonlySet<string>): ClipForm {
  const audio = track?.codec;
  const sound = (extension: string, format: string, ...codec: string[]): ClipForm => ({
    extension,
    options: ['-map', `0:${String(track?.index ?? 0)}`, '-vn', '-sn', '-dn', ...codec, '-f', format],
  });
  if (audio === 'mp3') return sound('.mp3', 'mp3', '-c:a', 'copy');
  if (audio === 'aac') return sound('.m4a', 'ipod', '-c:a', 'copy');
  if (audio === 'opus') return sound('.opus', 'opus', '-c:a', 'copy');
  if (audio === 'vorbis') return sound('.ogg', 'ogg', '-c:a', 'copy');
  if (audio?.startsWith('pcm_') === true) return sound('.wav', 'wav', '-c:a', 'pcm_s16le');
  // Lossless stays lossless; its frames are encoded anew so that the header tells the new length.
  if (audio === 'flac' || audio === 'alac') return sound('.flac', 'flac', '-c:a', 'flac');
  return encoders.has('aac')
    ? sound('.m4a', 'ipod', '-c:a', 'aac', '-b:a', '192k')
    : sound('.flac', 'flac', '-c:a', 'flac');
}

export interface Clip {
  readonly path: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly form: ClipForm;
}

/**
 * Writes a clip into a folder under a free name. The last event has its path; cancelled or failed, nothing
 * is left in the folder.
 */
export async function* writeClip(
  clip: Clip,
  folder: string,
  signal?: AbortSignal,
): AsyncGenerator<WorkProgress> {
  const lengthMs = clip.endMs - clip.startMs;
  if (lengthMs < SHORTEST_MS)
    throw new Failure('INPUT_INVALID', 'The clip has no length.', 'Set its end after its start.');
  const target = takeName(
    folder,
    `${clip.name} ${clockName(clip.startMs)}-${clockName(clip.endMs)}${clip.form.extension}`,
  );
  const unfinished = join(dirname(target), `.${String(process.pid)}-${String(Date.now())}.part`);
  let whole = false;
  try {
    const args = ffmpegArguments(clip.path, {
      input: ['-ss', seconds(clip.startMs)],
      outputs: [{ to: unfinished, options: ['-t', seconds(lengthMs), ...clip.form.options] }],
    });
    yield* runWithProgress(args, lengthMs, signal);
    renameSync(unfinished, target);
    whole = true;
    yield { share: 1, remainingMs: 0, path: target };
  } finally {
    if (!whole) {
      rmSync(unfinished, { force: true });
      giveUpName(target);
    }
  }
}

/** `1m02.5s`: colons may not stand in names everywhere. */
function clockName(ms: number): string {
  const tenths = Math.round(ms / 100);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor(tenths / 600) % 60;
  const rest = (tenths % 600) / 10;
  return `${hours > 0 ? `${String(hours)}h` : ''}${String(minutes)}m${rest.toFixed(1).padStart(4, '0')}s`;
}
