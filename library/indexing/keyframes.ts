// Runs on the engine's thread: the steps keyframes and embed-keyframes of a film.
import { rmSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Failure, failureOf, type ItemId, type PackId } from '../../contract/index.ts';
import type { ItemRow } from '../database/items.ts';
import type { MomentRow } from '../database/moments.ts';
import type { Watched } from '../database/recordings.ts';
import type { WaitingStep } from '../database/steps.ts';
import { probe } from '../media/ffmpeg/probe.ts';
import { openFilm } from '../media/film/open-film.ts';
import type { FilmPlan } from '../media/film/plan.ts';
import { sourcePath } from '../source-path.ts';
import { animatedFilm } from './animated.ts';
import type { OpenSpace } from '../spaces.ts';
import type { StepContext } from './context.ts';
import { type Film, findKeyframes, type Found, planOf } from './find-keyframes.ts';
import { writeWords } from './item-words.ts';
import { versions } from './versions.ts';

/** Told while a film is watched, so that progress moves within one file. */
export type OnWatched = (untilMs: number, durationMs: number) => void;

/** A film that ends so much earlier than it says was cut short. */
const CUT_SHORT = 0.9;
const CUT_SHORT_LEAST_MS = 5_000;

interface Work {
  readonly item: ItemRow;
  readonly film: Film;
  readonly plan: FilmPlan;
}

/** The film as it lies on the disk now; null: its file is away. */
async function open(context: StepContext, itemId: ItemId, signal: AbortSignal): Promise<Work | null> {
  const { database } = context;
  const item = database.items.get(itemId);
  const file = database.files.ofItem(itemId)[0];
  if (item === undefined || file === undefined || file.away === 1) return null;
  const path = await sourcePath(database, file);
  const animated = animatedFilm(database, item, path);
  if (animated !== null) return { item, film: animated, plan: await planOf(animated, signal) };
  const { video: track, durationMs } = await probe(path, signal);
  if (track === null) throw new Failure('MEDIA_DAMAGED', 'The file holds no film any more.', '');
  // A raw stream does not say how long it is: taken for a short one.
  const film = { path, track, durationMs: durationMs ?? 60_000 };
  return { item, film, plan: await planOf(film, signal) };
}

/**
 * Looks for keyframes from where it was left, and stores each group with how far it came in one transaction:
 * a crash loses the group in flight, cancelling loses nothing that is stored.
 */
export async function keyframes(
  context: StepContext,
  step: WaitingStep,
  signal: AbortSignal,
  onWatched: OnWatched,
): Promise<void> {
  const { database, spaces } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  try {
    const work = await open(context, itemId, signal);
    if (work === null) {
      database.steps.finish(step.stepId, 'skipped');
      return;
    }
    const opened = await Promise.all(spaces.packIds().map((packId) => spaces.open(packId)));
    const before = database.recordings.watched(itemId);
    if (before === undefined) await forgetKeyframes(context, work.item);
    const store = storeIn(context, work, opened, before);
    const from = { ms: before?.untilMs ?? 0, vector: lastVector(context, itemId, opened[0]) };
    let watchedMs = from.ms;
    const { durationMs } = work.film;
    const groups = findKeyframes(
      work.film,
      work.plan,
      opened.map((space) => space.encoder),
      from,
      signal,
      (untilMs) => {
        watchedMs = untilMs;
        onWatched(untilMs, durationMs);
      },
    );
    for await (const found of groups) await store(found);
    await finish(context, work, step, signal);
    if (
      work.item.kind === 'video' &&
      watchedMs < durationMs * CUT_SHORT &&
      durationMs - watchedMs > CUT_SHORT_LEAST_MS
    )
      throw new Failure(
        'FILE_TRUNCATED',
        `The film says it is ${clock(durationMs)} long, but its pictures end at ${clock(watchedMs)}.`,
        'Copy the file again from where it came from, or restore it from a backup.',
      );
  } catch (error) {
    if (signal.aborted) return;
    // What was found until here stays and can be searched; the next try begins anew.
    database.transaction(() => {
      database.recordings.forgetWatched(itemId);
      database.steps.fail(step.stepId, failureOf(error));
    });
  }
}

const clock = (ms: number): string =>
  `${String(Math.floor(ms / 60_000))}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

function keyframesOf({ database }: StepContext, itemId: ItemId): MomentRow[] {
  return database.moments.ofItem(itemId).filter((moment) => moment.kind === 'keyframe');
}

function lastVector(context: StepContext, itemId: ItemId, space: OpenSpace | undefined): Float32Array | null {
  const last = keyframesOf(context, itemId).at(-1);
  return last === undefined ? null : (space?.vectors.get(last.momentId)?.vector ?? null);
}

/** Removes what an earlier look found. */
async function forgetKeyframes(context: StepContext, item: ItemRow): Promise<void> {
  const { database, spaces, previews } = context;
  const old = keyframesOf(context, item.itemId);
  database.transaction(() => {
    for (const { momentId } of old) {
      database.words.remove(momentId);
      database.vectors.removeMoment(momentId);
      database.moments.remove(momentId);
    }
    database.recordings.forgetWatched(item.itemId);
  });
  for (const { momentId } of old) spaces.removeMoment(momentId);
  await rm(previews.framesFolder(item.hash), { recursive: true, force: true });
}

function storeIn(
  context: StepContext,
  { item }: Work,
  opened: readonly OpenSpace[],
  before: Watched | undefined,
) {
  const { database, previews } = context;
  const { itemId, hash } = item;
  let poster = { ms: before?.posterMs ?? null, quality: before?.posterQuality ?? 0 };
  return async (found: Found): Promise<void> => {
    const written: string[] = [];
    for (const { timeMs, webp } of found.keyframes) {
      const path = previews.frame(hash, timeMs);
      previews.makeFolderFor(path);
      await writeFile(path, webp);
      written.push(path);
    }
    // An animated picture has its own preview: what it shows first.
    const firstPoster = poster.ms === null && item.kind === 'video';
    for (const one of found.keyframes)
      if (one.quality > poster.quality) poster = { ms: one.timeMs, quality: one.quality };
    const shown = found.keyframes.find((one) => one.timeMs === poster.ms);
    if (firstPoster && shown !== undefined) {
      previews.makeFolderFor(previews.preview(hash));
      await writeFile(previews.preview(hash), shown.webp);
    }
    const momentIds = database.transaction(() => {
      // Forgotten while it was watched: nothing to store.
      if (database.items.get(itemId) === undefined) return null;
      const last = keyframesOf(context, itemId).at(-1);
      if (found.lastEndMs !== null && last !== undefined)
        database.moments.setEnd(last.momentId, found.lastEndMs);
      const added = found.keyframes.map(({ timeMs, endMs, embeddings }) => {
        const momentId = database.moments.add({
          itemId,
          kind: 'keyframe',
          startMs: timeMs,
          endMs,
          text: null,
        });
        for (const [i, space] of opened.entries()) {
          const embedding = embeddings[i];
          if (embedding !== undefined) space.vectors.put(momentId, embedding);
        }
        return momentId;
      });
      writeWords(database, itemId, added);
      for (const { number, rgb } of found.tiles) database.recordings.addTile(itemId, number, rgb);
      database.recordings.setWatched(itemId, {
        untilMs: found.untilMs,
        ...{ posterMs: poster.ms, posterQuality: poster.quality },
      });
      if (firstPoster && shown !== undefined) {
        const { width, height } = item;
        const size = { width: width ?? 0, height: height ?? 0 };
        database.items.setDecoded(itemId, { ...size, animated: false, thumbhash: shown.thumbhash });
      }
      return added;
    });
    if (momentIds === null) {
      for (const path of written) rmSync(path, { force: true });
      return;
    }
    for (const [at, { embeddings }] of found.keyframes.entries())
      for (const [i, space] of opened.entries()) {
        const [momentId, embedding] = [momentIds[at], embeddings[i]];
        if (momentId !== undefined && embedding !== undefined)
          space.index.put(momentId, itemId, 'keyframe', embedding);
      }
  };
}

/** The whole film was watched: the best poster, the strip, and no frame that belongs to no moment. */
async function finish(
  context: StepContext,
  { item, film, plan }: Work,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<void> {
  const { database, previews, pool, spaces } = context;
  const { itemId, hash } = item;
  const kept = keyframesOf(context, itemId);
  if (kept.length === 0)
    throw new Failure(
      'MEDIA_DAMAGED',
      'No picture of the film could be decoded.',
      'Copy the file again from where it came from, or restore it from a backup.',
    );
  const watched = database.recordings.watched(itemId);
  const poster = previews.frame(hash, watched?.posterMs ?? kept[0]?.startMs ?? 0);
  const wants = { previewPath: previews.preview(hash), inputs: [] };
  const shown =
    item.kind === 'video'
      ? await pool.decode({ path: poster, mediaType: 'image/webp', wants }, signal)
      : null;
  const tiles = database.recordings.tiles(itemId);
  if (tiles.length > 0) {
    const sheet = { kind: 'sheet', tiles, plan, toPath: previews.strip(hash) } as const;
    for await (const _ of openFilm(sheet, signal)) continue;
  }
  await removeStrays(
    previews.framesFolder(hash),
    new Set(kept.map((moment) => previews.frame(hash, moment.startMs ?? 0))),
    previews.strip(hash),
  );
  database.transaction(() => {
    const { width, height } = film.track;
    if (shown !== null)
      database.items.setDecoded(itemId, { width, height, animated: false, thumbhash: shown.thumbhash });
    database.recordings.forgetWatched(itemId);
    database.steps.finish(step.stepId);
    for (const packId of spaces.packIds()) {
      database.steps.queue('embed-keyframes', { itemId }, versions['embed-keyframes'], item.sortMs, packId);
      const row = database.steps
        .ofItem(itemId)
        .find((one) => one.name === 'embed-keyframes' && one.scope === packId);
      // Embedded as it was found; a pack that came meanwhile has its turn.
      if (row !== undefined && lacking(context, itemId, packId).length === 0)
        database.steps.finish(row.stepId);
    }
  });
}

/** Frames of a group that was written when the process ended, before it was stored. */
async function removeStrays(folder: string, kept: ReadonlySet<string>, strip: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const keep = new Set(
    [...kept, strip].filter((path) => dirname(path) === folder).map((path) => basename(path)),
  );
  for (const name of names) if (!keep.has(name)) await rm(`${folder}/${name}`, { force: true });
}

/** Keyframes without an embedding by a pack that is open. */
function lacking(context: StepContext, itemId: ItemId, packId: PackId): MomentRow[] {
  const space = context.spaces.openNow(packId);
  const all = keyframesOf(context, itemId);
  return space === null ? all : all.filter(({ momentId }) => space.vectors.get(momentId) === undefined);
}

/** Another pack: the frames at the known times are decoded again, never taken from a small picture. */
export async function embedKeyframes(
  context: StepContext,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<void> {
  const { database, spaces } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  const packId = step.scope as PackId;
  try {
    const work = await open(context, itemId, signal);
    if (work === null) {
      database.steps.finish(step.stepId, 'skipped');
      return;
    }
    const space = await spaces.open(packId);
    const moments = lacking(context, itemId, packId);
    const timesMs = moments.map((moment) => moment.startMs ?? 0);
    const { path, asPicture = false, track } = work.film;
    const job = {
      kind: 'frames',
      path,
      asPicture,
      track,
      plan: work.plan,
      inputs: [space.encoder.imageInput],
      timesMs,
    } as const;
    for await (const event of openFilm(job, signal)) {
      if (event.is !== 'keyframe') continue;
      const moment = moments.find((one) => one.startMs === event.timeMs);
      const [embedding] = await space.encoder.encodePictures(event.inputs, signal);
      if (moment === undefined || embedding === undefined) continue;
      if (database.moments.get(moment.momentId) === undefined) continue;
      database.transaction(() => {
        space.vectors.put(moment.momentId, embedding);
      });
      space.index.put(moment.momentId, itemId, 'keyframe', embedding);
    }
    database.steps.finish(step.stepId);
  } catch (error) {
    if (!signal.aborted) database.steps.fail(step.stepId, failureOf(error));
  }
}
