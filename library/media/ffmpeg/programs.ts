// Runs wherever a film is opened: which ffmpeg and ffprobe are used, and what they can do. Serves run and doctor.
import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../../../contract/index.ts';
import { cleanEnvironment } from './safety.ts';

export interface Programs {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** Where they come from: named by the person, of the system, or brought along. */
  readonly origin: 'environment' | 'system' | 'package';
  /** As ffmpeg tells it, e.g. `5.1.9`. */
  readonly version: string;
}

const run = promisify(execFile);
const suffix = process.platform === 'win32' ? '.exe' : '';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name + suffix)).find(isProgram) ?? null;
}

/** The program inside an npm package, made runnable: with install scripts off it lacks the run bit. */
async function ofPackage(load: () => Promise<{ default: { path: string } }>): Promise<string | null> {
  try {
    const { path } = (await load()).default;
    // In a packed app the files lie beside the archive, where they can be run.
    const outside = path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    if (!isProgram(outside)) chmodSync(outside, 0o755);
    return isProgram(outside) ? outside : null;
  } catch {
    // There is none for this platform, or it lies where nobody may change it.
    return null;
  }
}

async function versionOf(ffmpeg: string): Promise<string> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-version'], {
    env: cleanEnvironment(),
    timeout: 20_000,
  });
  return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}

async function find(): Promise<Programs> {
  const named = process.env['AFTERIMAGE_FFMPEG'];
  const ownProbe = (): Promise<string | null> => ofPackage(() => import('@ffprobe-installer/ffprobe'));
  if (named !== undefined && named !== '') {
    const folder = statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
    const ffmpeg = folder ? join(named, `ffmpeg${suffix}`) : named;
    const beside = join(dirname(ffmpeg), `ffprobe${suffix}`);
    const ffprobe = isProgram(beside) ? beside : (onPath('ffprobe') ?? (await ownProbe()));
    if (!isProgram(ffmpeg) || ffprobe === null)
      throw missing(`AFTERIMAGE_FFMPEG names ${named}, which is not a program that can be run.`);
    return { ffmpeg, ffprobe, origin: 'environment', version: await versionOf(ffmpeg) };
  }
  const system = { ffmpeg: onPath('ffmpeg'), ffprobe: onPath('ffprobe') };
  if (system.ffmpeg !== null && system.ffprobe !== null)
    return {
      ffmpeg: system.ffmpeg,
      ffprobe: system.ffprobe,
      origin: 'system',
      version: await versionOf(system.ffmpeg),
    };
  const brought = process.env['AFTERIMAGE_FFMPEG_FOLDER'] ?? '';
  const both = ['ffmpeg', 'ffprobe'].map((name) => join(brought, name + suffix));
  if (isAbsolute(brought) && both.every(isProgram)) {
    const [ffmpeg = '', ffprobe = ''] = both;
    return { ffmpeg, ffprobe, origin: 'package', version: await versionOf(ffmpeg) };
  }
  const ffmpeg = await ofPackage(() => import('@ffmpeg-installer/ffmpeg'));
  const ffprobe = await ownProbe();
  if (ffmpeg === null || ffprobe === null) throw missing('There is no ffmpeg on this machine.');
  return { ffmpeg, ffprobe, origin: 'package', version: await versionOf(ffmpeg) };
}

const missing = (reason: string): Failure =>
  new Failure(
    'FFMPEG_MISSING',
    reason,
    'Install ffmpeg, or name one by AFTERIMAGE_FFMPEG; then try the failed files again.',
  );

let found: Promise<Programs> | null = null;

/**
 * The ffmpeg and ffprobe in use: of AFTERIMAGE_FFMPEG (a program, or the folder of both), else the
 * system's, else those of AFTERIMAGE_FFMPEG_FOLDER (an installer's), else those of the npm packages, which no
 * installer brings: they are under the GPL. Looked for once; a failed search is not remembered.
 *
 * @throws Failure FFMPEG_MISSING
 */
export function programs(): Promise<Programs> {
  found ??= find().catch((error: unknown) => {
    found = null;
    throw error instanceof Failure ? error : missing(`ffmpeg could not be started (${String(error)}).`);
  });
  return found;
}

/** Decoders of the codecs that people's films and recordings are in, by ffmpeg's names. */
const WANTED = ['h264', 'hevc', 'av1', 'vp9', 'vp8', 'mpeg4', 'mpeg2video', 'prores', 'mjpeg', 'wmv3', 'vc1'];
const WANTED_SOUND = ['aac', 'mp3', 'flac', 'opus', 'vorbis', 'alac', 'ac3', 'wmav2', 'pcm_s16le'];

/** What the ffmpeg in use can decode of what matters, and the hardware decoders that it names. */
export async function abilities(): Promise<{
  readonly programs: Programs;
  readonly decodes: readonly string[];
  readonly lacks: readonly string[];
  readonly hardware: readonly string[];
}> {
  const inUse = await programs();
  const ask = async (...options: string[]): Promise<string> =>
    (
      await run(inUse.ffmpeg, ['-hide_banner', '-loglevel', 'error', ...options], {
        env: cleanEnvironment(),
        timeout: 20_000,
        maxBuffer: 4 * 1024 * 1024,
      })
    ).stdout;
  // Lines of `-codecs` begin with flags; the first says whether it can be decoded.
  const decodable = new Set(
    [...(await ask('-codecs')).matchAll(/^ D\S{5} (\S+)/gm)].map((match) => match[1] ?? ''),
  );
  const wanted = [...WANTED, ...WANTED_SOUND];
  const hardware = (await ask('-hwaccels'))
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    programs: inUse,
    decodes: wanted.filter((codec) => decodable.has(codec)),
    lacks: wanted.filter((codec) => !decodable.has(codec)),
    hardware: [...new Set(hardware)],
  };
}
