// Runs in the command line and in tests: films of known shots, by ffmpeg from still pictures. Serves the bench.
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programs } from '../../library/media/ffmpeg/programs.ts';
import { largePictures, randomFrom, writePictures } from './pictures.ts';

const run = promisify(execFile);

/** A shot of a still picture. */
export interface Shot {
  readonly lengthMs: number;
  /** How it follows the one before: at once, through a mixture of a second, through black. */
  readonly begins: 'cut' | 'dissolve' | 'fade';
  /** `hand`: held in a hand that trembles and turns slowly; `still`: on a tripod. */
  readonly camera: 'still' | 'hand';
}

/** Between these times nothing else is seen. */
export interface SeenAlone {
  readonly fromMs: number;
  readonly untilMs: number;
}

const TRANSITION_MS = 1000;

/** When each shot is seen alone, and when one gives way to the next. */
export function timesOf<S extends Shot>(
  shots: readonly S[],
): {
  shots: (S & SeenAlone)[];
  cutsMs: number[];
  lengthMs: number;
} {
  const filmed: (S & SeenAlone)[] = [];
  const cutsMs: number[] = [];
  let atMs = 0;
  for (const [i, shot] of shots.entries()) {
    const next = shots[i + 1];
    const startMs = atMs - (i > 0 && shot.begins === 'dissolve' ? TRANSITION_MS : 0);
    const half = TRANSITION_MS / 2;
    if (i > 0) cutsMs.push(shot.begins === 'dissolve' ? startMs + half : startMs);
    const into = i === 0 || shot.begins === 'cut' ? 0 : shot.begins === 'dissolve' ? TRANSITION_MS : half;
    const out = next?.begins === 'dissolve' ? TRANSITION_MS : next?.begins === 'fade' ? half : 0;
    atMs = startMs + shot.lengthMs;
    filmed.push({ ...shot, fromMs: startMs + into, untilMs: atMs - out });
  }
  return { shots: filmed, cutsMs, lengthMs: atMs };
}

export interface FilmOptions {
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  /** Frames from one key picture to the next at the most. */
  readonly keyEvery?: number;
  /** Options of the encoder instead of H.264 for speed. */
  readonly codec?: readonly string[];
  /** Further options of the output: metadata, sound. */
  readonly more?: readonly string[];
}

/**
 * Writes a film of the pictures; the container is the name's. Takes a few seconds at the usual size.
 *
 * @param shots - each with the path of its picture
 */
export async function writeFilm(
  path: string,
  shots: readonly (Shot & { readonly picture: string })[],
  options: FilmOptions = {},
): Promise<void> {
  const { width = 640, height = 360, framesPerSecond = 25, keyEvery = 250 } = options;
  const { ffmpeg } = await programs();
  const inputs = shots.flatMap(({ picture }) => ['-i', picture]);
  await run(ffmpeg, [
    ...['-y', '-loglevel', 'error', '-nostdin', ...inputs],
    ...['-filter_complex', graphOf(shots, width, height, framesPerSecond), '-map', '[film]'],
    ...(options.codec ?? ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(keyEvery)]),
    ...['-pix_fmt', 'yuv420p', ...(options.more ?? []), path],
  ]);
}

/** The same film again and again, without encoding it anew. */
export async function loopFilm(from: string, to: string, seconds: number): Promise<void> {
  const { ffmpeg } = await programs();
  const loop = ['-stream_loop', '-1', '-i', from, '-t', String(seconds), '-c', 'copy', to];
  await run(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...loop]);
}

const SHOTS = 24;

/** Pictures for shots, and how they follow each other: the same every time. */
async function shotsIn(folder: string, count: number): Promise<(Shot & { picture: string })[]> {
  await mkdir(folder, { recursive: true });
  await writePictures(largePictures(2), count, folder);
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.jpg'))
    .toSorted();
  const random = randomFrom(11);
  return names.slice(0, count).map((name, at) => ({
    picture: join(folder, name),
    lengthMs: 2000 + Math.round(random() * 16) * 250,
    begins: at % 5 === 2 ? 'dissolve' : at % 7 === 4 ? 'fade' : 'cut',
    camera: at % 3 === 1 ? 'hand' : 'still',
  }));
}

/** A small film of {@link SHOTS} shots with cuts, dissolves and fades. @returns where they are */
export async function writeCutFilm(path: string): Promise<ReturnType<typeof timesOf<Shot>>> {
  const folder = `${path}.pictures`;
  const shots = await shotsIn(folder, SHOTS);
  await writeFilm(path, shots);
  await rm(folder, { recursive: true });
  return timesOf(shots);
}

/** A 1080p film of so many seconds. */
export async function writeLongFilm(path: string, seconds: number, keyEvery: number): Promise<void> {
  const folder = `${path}.pictures`;
  const short = `${path}.short.mp4`;
  await writeFilm(short, await shotsIn(folder, 6), { width: 1920, height: 1080, keyEvery });
  await loopFilm(short, path, seconds);
  await rm(folder, { recursive: true });
  await rm(short);
}

function graphOf(shots: readonly Shot[], width: number, height: number, rate: number): string {
  const size = `${String(width)}:${String(height)}`;
  const parts = shots.map((shot, i) => {
    // A third more than is shown, so that the camera has somewhere to turn to.
    const wide = `scale=${String(Math.round(width * 1.34))}:${String(Math.round(height * 1.34))}:force_original_aspect_ratio=increase`;
    const t = `t/${String(shot.lengthMs / 1000)}`;
    const turn =
      shot.camera === 'hand'
        ? `crop=${size}:x='(iw-ow)*(0.15+0.7*${t})+6*sin(9*t)':y='(ih-oh)/2+5*sin(13*t)'`
        : `crop=${size}`;
    const fades = [
      shot.begins === 'fade' ? `,fade=in:st=0:d=${String(TRANSITION_MS / 2000)}` : '',
      shots[i + 1]?.begins === 'fade'
        ? `,fade=out:st=${String((shot.lengthMs - TRANSITION_MS / 2) / 1000)}:d=${String(TRANSITION_MS / 2000)}`
        : '',
    ];
    const base = shot.camera === 'hand' ? wide : `scale=${size}:force_original_aspect_ratio=increase`;
    const frames = Math.round((shot.lengthMs * rate) / 1000);
    // Scaled once and then repeated.
    const still = `${base},format=yuv420p,loop=loop=${String(frames - 1)}:size=1,settb=AVTB,setpts=N/${String(rate)}/TB`;
    return `[${String(i)}:v]${still},${turn},fps=${String(rate)},setsar=1,settb=AVTB${fades.join('')}[s${String(i)}]`;
  });
  let joined = '[s0]';
  let lengthMs = shots[0]?.lengthMs ?? 0;
  for (const [i, shot] of shots.entries()) {
    if (i === 0) continue;
    const to = i === shots.length - 1 ? '[film]' : `[j${String(i)}]`;
    const dissolves = shot.begins === 'dissolve';
    const how = dissolves
      ? `xfade=transition=fade:duration=${String(TRANSITION_MS / 1000)}:offset=${String((lengthMs - TRANSITION_MS) / 1000)}`
      : 'concat=n=2:v=1:a=0,settb=AVTB';
    parts.push(`${joined}[s${String(i)}]${how}${to}`);
    joined = to;
    lengthMs += shot.lengthMs - (dissolves ? TRANSITION_MS : 0);
  }
  return parts.length === 1 ? parts.join(';').replace('[s0]', '[film]') : parts.join(';');
}
