// Runs on the engine's thread: the contract, procedure by procedure, over the parts of an open library.
import { type ItemDetails, type ItemId, type RootInfo } from '../contract/index.ts';
import { homedir } from 'node:os';
import { examine } from './doctor.ts';
import { listFolders } from './folder-listing.ts';
import { suggestedFolders } from './suggested-folders.ts';
import { itemAtPath, itemDetails, itemOfHash } from './item-details.ts';
import {
  changeSettings,
  diagnosticsOf,
  failedFiles,
  ignoreFile,
  rebuildIndex,
  retryFailed,
  settingsOf,
  statusOf,
} from './health.ts';
import { itemCards } from './item-cards.ts';
import { requireStill } from './moving/gate.ts';
import type { Parts } from './parts.ts';
import { base } from './routes/base.ts';
import { leavingRoutes } from './routes/leaving.ts';
import { movingRoutes } from './routes/moving.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { packRoutes } from './routes/packs.ts';
import { playbackRoutes } from './routes/playback.ts';
import { suggestionRoutes } from './routes/suggestions.ts';
import { transcribeFile } from './speech/transcribe-file.ts';
import { timelineLayout } from './timeline.ts';

export type LibraryRouter = ReturnType<typeof createRouter>;

export function createRouter(parts: Parts) {
  const { database, folders, indexer, changes, spaces } = parts;

  const rootInfo = (root: { rootId: RootInfo['rootId']; path: string; addedMs: number }): RootInfo => ({
    ...root,
    state: folders.rootState(root.rootId),
    files: database.files.countOfRoot(root.rootId),
  });

  const detailsOf = async (itemId: ItemId): Promise<ItemDetails> =>
    itemDetails(database, await spaces.active().catch(() => null), itemId, parts.speech.stateOf(itemId));

  const { moving } = parts;
  const whileStill = base.use(({ path, next }) => {
    requireStill(path, { running: moving.running(), switched: moving.switched() });
    return next();
  });

  return whileStill.router({
    roots: {
      list: base.roots.list.handler(() => database.roots.all().map(rootInfo)),
      add: base.roots.add.handler(({ input }) => rootInfo(parts.addRoot(input.path))),
      remove: base.roots.remove.handler(async ({ input }) => ({
        removed: await parts.removeRoot(input.rootId),
      })),
    },
    folders: {
      list: base.folders.list.handler(({ input }) => listFolders(input.path)),
      suggested: base.folders.suggested.handler(() => suggestedFolders(homedir())),
    },
    indexing: {
      progress: base.indexing.progress.handler(async function* ({ signal }) {
        yield indexer.progress();
        for await (const _ of changes.follow(['progress'], signal)) yield indexer.progress();
      }),
      changes: base.indexing.changes.handler(async function* ({ signal }) {
        for await (const topic of changes.follow(['items', 'roots', 'packs', 'errors', 'decisions'], signal))
          if (topic !== 'progress' && topic !== 'downloads' && topic !== 'moving') yield { topic };
      }),
      rescan: base.indexing.rescan.handler(({ signal }) => parts.rescan(signal)),
      pause: base.indexing.pause.handler(() => indexer.stop('person')),
      resume: base.indexing.resume.handler(() => indexer.start()),
      errors: base.indexing.errors.handler(() => failedFiles(parts).map(({ file: _, ...row }) => row)),
      retry: base.indexing.retry.handler(({ input }) => ({ retried: retryFailed(parts, input?.path) })),
      ignore: base.indexing.ignore.handler(({ input }) => ignoreFile(parts, input.path)),
    },
    search: {
      find: base.search.find.handler(async ({ input, signal }) => {
        await parts.readyToSearch(input, signal);
        return parts.search.find(input, signal);
      }),
      stream: base.search.stream.handler(async function* ({ input, signal }) {
        await parts.readyToSearch(input, signal);
        yield* parts.search.stream(input, signal);
      }),
    },
    items: {
      get: base.items.get.handler(async ({ input }) => detailsOf(input.itemId)),
      byPath: base.items.byPath.handler(async ({ input }) => detailsOf(itemAtPath(database, input.path))),
      byHash: base.items.byHash.handler(async ({ input }) => detailsOf(itemOfHash(database, input.hash))),
    },
    ...decisionRoutes(parts.decisions),
    ...suggestionRoutes(parts),
    timeline: {
      layout: base.timeline.layout.handler(({ input, signal }) => timelineLayout(parts, input, signal)),
      cards: base.timeline.cards.handler(({ input }) => itemCards(database, input.itemIds)),
    },
    ...leavingRoutes(parts),
    speech: {
      transcribe: base.speech.transcribe.handler(async function* ({ input, signal }) {
        yield* transcribeFile(parts.speech, input.path, signal ?? new AbortController().signal);
      }),
    },
    packs: packRoutes(parts),
    moving: movingRoutes(parts),
    ...playbackRoutes(parts),
    settings: {
      get: base.settings.get.handler(() => settingsOf(database)),
      set: base.settings.set.handler(({ input }) => changeSettings(parts, input)),
    },
    upkeep: {
      rebuild: base.upkeep.rebuild.handler(() => rebuildIndex(parts)),
      diagnostics: base.upkeep.diagnostics.handler(() => diagnosticsOf(parts)),
    },
    status: base.status.handler(() => statusOf(parts)),
    doctor: base.doctor.handler(() => examine(parts)),
  });
}
