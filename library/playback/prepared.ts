// Runs on the engine's thread: forms for browsers of items that browsers do not play, made when asked for and kept.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { Failure, type PrepareRequest, type WorkProgress } from '../../contract/index.ts';
import type { CacheFolder } from '../cache-folder.ts';
import { ffmpegArguments } from '../media/ffmpeg/command.ts';
import { probe } from '../media/ffmpeg/probe.ts';
import { browserForm, type BrowserForm, tracksOf } from './browser-form.ts';
import { encoders } from './encoders.ts';
import { runWithProgress } from './run-with-progress.ts';

const EXTENSIONS: readonly BrowserForm['extension'][] = ['mp4', 'webm'];

export type Prepared = ReturnType<typeof createPrepared>;

export function createPrepared(cache: CacheFolder) {
  const nameOf = (hash: string, extension: string): string => `${hash}.${extension}`;

  return {
    /** Where it lies, if it was made; marks it as used. */
    find(hash: string): { readonly path: string; readonly extension: string } | null {
      for (const extension of EXTENSIONS) {
        const path = cache.path(nameOf(hash, extension));
        if (!existsSync(path)) continue;
        cache.used(path);
        return { path, extension };
      }
      return null;
    },
    has: (hash: string): boolean =>
      EXTENSIONS.some((extension) => existsSync(cache.path(nameOf(hash, extension)))),
    /**
     * Makes it from a file. Ends when it is whole; left early, cancelled or failed, nothing of it stays.
     *
     * @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
     */
    async *make(
      item: { readonly hash: string; readonly path: string },
      request: Pick<PrepareRequest, 'plays' | 'encodeAll'>,
      signal?: AbortSignal,
    ): AsyncGenerator<WorkProgress> {
      yield { share: null, remainingMs: null, path: null };
      const probed = await probe(item.path, signal);
      const form = browserForm(tracksOf(probed), new Set(request.plays), await encoders(), request.encodeAll);
      if (form === null)
        throw new Failure(
          'MEDIA_NOT_SUPPORTED',
          'Neither can this be played here, nor can the ffmpeg in use convert it.',
          'Install a complete ffmpeg, or name one by AFTERIMAGE_FFMPEG.',
        );
      const unfinished = cache.unfinished(nameOf(item.hash, form.extension));
      try {
        const args = ffmpegArguments(item.path, { outputs: [{ to: unfinished, options: form.options }] });
        yield* runWithProgress(args, probed.durationMs, signal);
        for (const extension of EXTENSIONS) rmSync(cache.path(nameOf(item.hash, extension)), { force: true });
        const path = cache.path(nameOf(item.hash, form.extension));
        renameSync(unfinished, path);
        cache.used(path);
        yield { share: 1, remainingMs: 0, path: null };
      } finally {
        rmSync(unfinished, { force: true });
      }
    },
  };
}
