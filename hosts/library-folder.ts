// Runs in every host: where libraries and what can be made again lie on this platform.
import { basename, dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** The platform's own folders for an application of this name, without any suffix. */
const paths = envPaths('afterimage', { suffix: '' });

const named = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : resolve(value);

/** The library to open: as asked for, else AFTERIMAGE_LIBRARY, else the platform's data folder. Absolute. */
export function libraryFolder(asked: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return named(asked) ?? named(env['AFTERIMAGE_LIBRARY']) ?? paths.data;
}

/**
 * Where the built-in pack's models lie once they are made; shared by all libraries of a person.
 * AFTERIMAGE_BUILT_IN overrides it.
 */
export function builtInFolder(env: NodeJS.ProcessEnv = process.env): string {
  return named(env['AFTERIMAGE_BUILT_IN']) ?? resolve(paths.cache, 'built-in');
}

/** Packs that an installer brought lie there, if AFTERIMAGE_SHIPPED_PACKS names it. */
export const shippedPacksFolder = (env: NodeJS.ProcessEnv = process.env): string | null =>
  named(env['AFTERIMAGE_SHIPPED_PACKS']);

/**
 * Where whisper.cpp is looked for: the program that AFTERIMAGE_WHISPER names, else the folder that
 * AFTERIMAGE_WHISPER_FOLDER names (an installer's), else the one that `npm run build:whisper` writes.
 */
export function whisperPlaces(env: NodeJS.ProcessEnv = process.env): {
  program: string | null;
  programFolder: string;
} {
  return {
    program: named(env['AFTERIMAGE_WHISPER']),
    programFolder: named(env['AFTERIMAGE_WHISPER_FOLDER']) ?? builtWhisper(import.meta.dirname),
  };
}

/** `.cache/whisper` beside package.json; this module lies in hosts/ or, built, in dist/hosts/. */
function builtWhisper(folder: string): string {
  const parent = dirname(folder);
  return join(basename(parent) === 'dist' ? dirname(parent) : parent, '.cache', 'whisper');
}
