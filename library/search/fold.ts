// Runs on the engine's thread: bursts and near-duplicates behind the best of them, as one result. Serves search.
import type { MomentId } from '../../contract/index.ts';
import { type Catalogue, itemKinds } from './catalogue.ts';
import { sameShade } from './light-and-shade.ts';
import type { SpaceIndex } from './vectors/space-index.ts';

/** Results that are looked at: nobody scrolls farther for what is alike. */
const LOOKED_AT = 600;
/** What is alike has nearly the same relevance, so it stands near: so many leaders before are compared. */
const LOOK_BACK = 24;
/** Cosine from which two pictures show the same: copies, other sizes, light retouching. */
const SAME = 0.985;
/** Less will do where light and shade lie alike as well: a copy that was made darker or lighter. */
const SAME_IN_OTHER_LIGHT = 0.7;
/** Of one camera within a few seconds, less will do: the subject moved. */
const BURST = 0.93;
const BURST_MS = 3_000;

const PICTURE_ITEM = itemKinds.indexOf('picture');

export interface Folded {
  /** Ranks, in their order, without those that stand behind another. */
  readonly ranks: Float64Array;
  /** By the rank of a leader: how many stand behind it, shown or not. */
  readonly behind: ReadonlyMap<number, number>;
}

/**
 * @param ranks - of results, best first; each leader is the best of its like
 * @param unfolded - ranks of leaders that are open: what is alike stands beside them
 * @param thumbhashOf - of the item at a rank; asked only where two are alike in part
 */
export function fold(
  ranks: Float64Array,
  catalogue: Catalogue,
  index: SpaceIndex,
  unfolded: ReadonlySet<number>,
  thumbhashOf: (rank: number) => Uint8Array | null,
): Folded {
  const looked = ranks.subarray(0, LOOKED_AT);
  const { columns, items, pictureOfRank } = catalogue;
  const recent = index.vectors.recent(LOOK_BACK);
  const behind = new Map<number, number>();
  /** A leader and, where it is open, those like it. */
  const groups = new Map<number, number[]>();
  /** Those that were kept for comparing, in the order of keeping. */
  const leaders: number[] = [];
  const shades = new Map<number, Uint8Array | null>();
  for (const rank of looked) {
    const slot = slotOf(rank);
    const leader = slot < 0 ? undefined : leaderOf(rank, slot);
    if (leader !== undefined) behind.set(leader, (behind.get(leader) ?? 0) + 1);
    if (leader === undefined) groups.set(rank, [rank]);
    else if (unfolded.has(leader)) groups.get(leader)?.push(rank);
    if (leader === undefined && slot >= 0) {
      recent.keep();
      leaders.push(rank);
    }
  }
  return { ranks: Float64Array.from([...[...groups.values()].flat(), ...ranks.subarray(LOOKED_AT)]), behind };

  /** Where a picture's vector is; films and sounds are one result each already. */
  function slotOf(rank: number): number {
    const momentId = columns.kind[items[rank] ?? -1] === PICTURE_ITEM ? (pictureOfRank[rank] ?? 0) : 0;
    return momentId === 0 ? -1 : index.slotOf(momentId as MomentId);
  }

  function leaderOf(rank: number, slot: number): number | undefined {
    const cosines = recent.compare(slot);
    const near = leaders.slice(-cosines.length);
    return near.find((one, at) => isAlike(cosines[at] ?? 0, rank, one));
  }

  function isAlike(cosine: number, a: number, b: number): boolean {
    if (cosine >= SAME || (cosine >= BURST && isBurst(a, b))) return true;
    if (cosine < SAME_IN_OTHER_LIGHT) return false;
    const [one, other] = [shadeOf(a), shadeOf(b)];
    return one !== null && other !== null && sameShade(one, other);
  }

  /** Read once: a leader is compared with many. */
  function shadeOf(rank: number): Uint8Array | null {
    const known = shades.get(rank);
    if (known !== undefined) return known;
    const read = thumbhashOf(rank);
    shades.set(rank, read);
    return read;
  }

  function isBurst(a: number, b: number): boolean {
    const [one, other] = [items[a] ?? -1, items[b] ?? -1];
    // The first camera is none at all.
    return (
      (columns.camera[one] ?? 0) !== 0 &&
      columns.camera[one] === columns.camera[other] &&
      Math.abs((columns.sortMs[one] ?? 0) - (columns.sortMs[other] ?? Infinity)) <= BURST_MS
    );
  }
}
