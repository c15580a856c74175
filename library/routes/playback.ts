// Runs on the engine's thread: the contract's procedures for a player, over an open library's parts.
import type { Parts } from '../parts.ts';
import { base } from './base.ts';

/** Spread into the router: `playback`. */
export function playbackRoutes(parts: Parts) {
  const { playing, search } = parts;
  const { playback } = base;
  const routes = {
    get: playback.get.handler(({ input, signal }) => playing.get(input.itemId, signal)),
    relevance: playback.relevance.handler(async ({ input, signal }) => {
      await parts.readyToSearch(input.request, signal);
      return search.along(input.itemId, input.request, signal);
    }),
    waveform: playback.waveform.handler(async ({ input, signal }) => ({
      peaks: [...(await playing.waveform(input.itemId, signal))],
    })),
    prepare: playback.prepare.handler(({ input, signal }) => playing.prepare(input, signal)),
    exportClip: playback.exportClip.handler(({ input, signal }) => playing.exportClip(input, signal)),
    exportTranscript: playback.exportTranscript.handler(({ input }) => playing.exportTranscript(input)),
  };
  return { playback: routes };
}
