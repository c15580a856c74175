// Runs in the command line: a library of all kinds in the space with a gap. Serves `bench fusion` and `bench cutoff`.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ContentHash, type MomentId, type MomentKind } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import type { Log, RelevanceCurves } from '../../library/ports.ts';
import { createSearch } from '../../library/search/search.ts';
import { createSpaceIndex } from '../../library/search/vectors/space-index.ts';
import { embedded, gapEncoder, gapSpace, hubness, pictureVector, textVector } from './gap-space.ts';
import { randomFrom } from './pictures.ts';

export const kinds = ['picture', 'keyframe', 'sentence'] as const satisfies readonly MomentKind[];
/** Moments that are about one concept: ten, and in small libraries an eighth of a kind. */
export const ALIKE = 10;
export const alikeIn = (perKind: number): number => Math.max(1, Math.min(ALIKE, Math.floor(perKind / 8)));

export interface GapOptions {
  readonly work: string;
  readonly log: Log;
  /** Fitted curves; left out: the default ones. */
  readonly curves?: RelevanceCurves;
  readonly signal: AbortSignal;
}

export interface Held {
  readonly momentId: MomentId;
  readonly kind: (typeof kinds)[number];
  readonly concept: string;
  readonly vector: Float32Array;
}

/** One word that the query language reads as nothing else. */
export function conceptOf(kind: Held['kind'], n: number): string {
  const letters = [...String(n)].map((digit) => 'bdfgklmnpr'[Number(digit)] ?? '').join('a');
  return `${{ picture: 'zu', keyframe: 'wo', sentence: 'xe' }[kind]}${letters}`;
}

/** A library of so many moments of each kind, an item each; the first concepts of a kind have ten moments each. */
export async function withLibrary<T>(
  options: GapOptions,
  perKind: number,
  conceptsPerKind: number,
  use: (library: { held: Held[]; find: ReturnType<typeof createSearch>['find'] }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(options.work, 'gap-'));
  const database = openDatabase(folder);
  try {
    const index = createSpaceIndex({ ...gapSpace, curves: options.curves ?? null });
    const vectors = database.vectors.open(gapSpace);
    const random = randomFrom(perKind);
    const held: Held[] = [];
    const { rootId } = database.roots.add(join(folder, 'unplugged'), 0);
    database.transaction(() => {
      for (const kind of kinds)
        for (let n = 0; n < perKind; n++) {
          const of = Math.floor(n / alikeIn(perKind));
          const concept = of < conceptsPerKind ? conceptOf(kind, of) : `other ${kind} ${n}`;
          const make = kind === 'sentence' ? textVector : pictureVector;
          const vector = make(concept, `${kind} ${perKind} ${n}`, hubness(random));
          const itemId = database.items.add({
            hash: ContentHash.parse(createHash('sha256').update(`${kind} ${n}`).digest('hex')),
            kind: kind === 'picture' ? 'picture' : kind === 'keyframe' ? 'video' : 'audio',
            ...{ mediaType: 'image/jpeg', bytes: 1, sortMs: n * 1000 },
          });
          const path = `${kind}-${n}`;
          const fileId = database.files.add(rootId, { path, bytes: 1, modifiedMs: 0, identity: path });
          database.files.link(fileId, itemId, 'primary');
          const momentId = database.moments.add({ itemId, kind, startMs: null, endMs: null, text: null });
          vectors.put(momentId, embedded(vector));
          index.put(momentId, itemId, kind, embedded(vector));
          held.push({ momentId, kind, concept, vector });
        }
    });
    const search = createSearch({
      ...{ database, log: options.log, clock: { nowMs: () => Date.UTC(2026, 0) } },
      pool: {
        decode: () => Promise.reject(new Error('nothing is decoded here')),
        decodeBytes: () => Promise.reject(new Error('nothing is decoded here')),
      },
      active: () => ({ encoder: gapEncoder, vectors, index }),
    });
    await search.prepare();
    while (!index.settled()) await new Promise((resolve) => setTimeout(resolve, 20));
    return await use({ held, find: (request, signal) => search.find(request, signal) });
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
