// Runs in a film worker thread: finds where shots end in a stream of frames and chooses one frame of each. Pure.
import { difference, type Look, mixtureError } from './look.ts';

/** A frame on its way through the chooser. */
export interface Sample {
  readonly timeMs: number;
  readonly look: Look;
  readonly rgb: Uint8Array;
}

/** A frame that stands for a part of the film, from its own time to `endMs`. */
export interface Chosen {
  readonly sample: Sample;
  readonly endMs: number;
  /**
   * The shot may have begun long before: after a bound on the gap, a slow change, a flash. Whether it shows
   * anything new, its embedding must tell.
   */
  readonly isUnsure: boolean;
}

export interface ChooserOptions {
  /** A shot that lasts longer gets another keyframe. */
  readonly gapMs: number;
  /** Shorter shots get none. */
  readonly leastShotMs: number;
  /** Told of every boundary found, for measuring. */
  readonly onCut?: (timeMs: number) => void;
}

/** Two frames in a row that differ so much belong to two shots. Chosen on drawn and filmed cuts, see `bench keyframes`. */
const CUT = 0.5;
/** A smaller jump is a cut as well where everything around stands still. */
const QUIET_CUT = 0.25;
const QUIET_FACTOR = 4;
/** A slow transition takes at most so long; frames younger than this are not chosen yet. */
const TRANSITION_MS = 1_600;
/** It has ended when frames in a row differ less than this, or a tenth of the whole way. */
const SETTLED = 0.06;
/** Of a dissolve's middle, so much may be neither of both shots. */
const MIXTURE_ERROR = 0.4;
/** Frames at the edges of a shot are mixed, moving or half dark: they are chosen only where there are no others. */
const EDGE_MS = 400;

interface Segment {
  readonly startMs: number;
  readonly isUnsure: boolean;
  best: Sample | null;
}

export type Chooser = ReturnType<typeof createChooser>;

/** Holds a few frames at the most: the best so far and those of the last second or two. */
export function createChooser({ gapMs, leastShotMs, onCut }: ChooserOptions) {
  let segment: Segment | null = null;
  /** Frames of the segment that a boundary could still take away, oldest first. */
  let recent: Sample[] = [];
  let last: Sample | null = null;
  let steps: number[] = [];
  let anything = false;
  let blank: Sample | null = null;
  let startsUnsure = false;
  /** Boundaries so close together that they are one slow transition. */
  let transition: { firstMs: number; lastMs: number } | null = null;

  const tellTransition = (): void => {
    if (transition !== null) onCut?.((transition.firstMs + transition.lastMs) / 2);
    transition = null;
  };
  const boundary = (timeMs: number): void => {
    if (transition !== null && timeMs - transition.lastMs > leastShotMs) tellTransition();
    transition = { firstMs: transition?.firstMs ?? timeMs, lastMs: timeMs };
  };

  const better = (a: Sample | null, b: Sample): Sample =>
    a !== null && a.look.quality >= b.look.quality ? a : b;

  /** Ends the segment; `until` bounds the frames that are surely its own. */
  const close = (endMs: number, untilMs: number): Chosen[] => {
    const ended = segment;
    segment = null;
    const own = recent.filter((one) => one.timeMs < untilMs);
    recent = [];
    if (ended === null) return [];
    const safe = own.filter(
      (one) => one.timeMs <= untilMs - EDGE_MS && one.timeMs >= ended.startMs + EDGE_MS,
    );
    let best = safe.reduce<Sample | null>(better, ended.best);
    if (best === null) best = own[Math.floor(own.length / 2)] ?? null;
    if (best === null || endMs - ended.startMs < leastShotMs) {
      startsUnsure = true;
      return [];
    }
    anything = true;
    return [{ sample: best, endMs, isUnsure: ended.isUnsure }];
  };

  const begin = (startMs: number, isUnsure: boolean): void => {
    segment = { startMs, isUnsure: isUnsure || startsUnsure, best: null };
    startsUnsure = false;
    steps = [];
  };

  const isHardCut = (step: number): boolean => {
    if (step >= CUT) return true;
    const around = steps.slice(-4);
    return around.length >= 3 && step >= QUIET_CUT && step >= QUIET_FACTOR * Math.max(0.02, ...around);
  };

  /** The frame after which a slow transition began that has just ended; null: none has. */
  const transitionBefore = (now: Sample, step: number): Sample | null => {
    if (recent.length < 3) return null;
    for (const before of recent.slice(0, -2)) {
      const whole = difference(before.look, now.look);
      if (whole < CUT || step > Math.max(SETTLED, whole / 8)) continue;
      const between = recent.filter((one) => one.timeMs > before.timeMs);
      const errors = between
        .map((one) => mixtureError(before.look, one.look, now.look))
        .filter((error) => error < 1);
      if (errors.length > 0 && Math.min(...errors) <= MIXTURE_ERROR) return before;
    }
    return null;
  };

  /** Frames that no boundary can take away any more may be chosen; a segment that has become too long ends. */
  const settle = (nowMs: number): Chosen[] => {
    while (segment !== null && (recent[0]?.timeMs ?? nowMs) <= nowMs - TRANSITION_MS) {
      const one = recent.shift();
      if (one !== undefined && one.timeMs >= segment.startMs + EDGE_MS)
        segment.best = better(segment.best, one);
    }
    if (segment?.best == null || nowMs - TRANSITION_MS - segment.startMs < gapMs) return [];
    const { best, isUnsure } = segment;
    const endMs = nowMs - TRANSITION_MS;
    const kept = recent;
    begin(endMs, true);
    recent = kept;
    anything = true;
    return [{ sample: best, endMs, isUnsure }];
  };

  return {
    push(sample: Sample): Chosen[] {
      const before = last;
      if (sample.look.isBlank) {
        blank ??= sample;
        last = null;
        if (segment !== null) boundary(sample.timeMs);
        return close(sample.timeMs, sample.timeMs);
      }
      last = sample;
      if (transition !== null && sample.timeMs - transition.lastMs > leastShotMs) tellTransition();
      const chosen: Chosen[] = [];
      if (segment === null || before === null) {
        if (segment === null) begin(sample.timeMs, false);
      } else {
        const step = difference(before.look, sample.look);
        const slow = isHardCut(step) ? null : transitionBefore(sample, step);
        if (slow !== null) {
          const middleMs = (slow.timeMs + sample.timeMs) / 2;
          boundary(middleMs);
          chosen.push(...close(middleMs, slow.timeMs + 1));
          begin(middleMs, true);
        } else if (isHardCut(step)) {
          boundary(sample.timeMs);
          chosen.push(...close(sample.timeMs, sample.timeMs));
          begin(sample.timeMs, false);
        } else steps.push(step);
      }
      recent.push(sample);
      chosen.push(...settle(sample.timeMs));
      return chosen;
    },
    /** The film has ended at `endMs`. */
    end(endMs: number): Chosen[] {
      tellTransition();
      const chosen = close(Math.max(endMs, last?.timeMs ?? 0), Infinity);
      if (anything) return chosen;
      // Shorter than any shot, or black all over: something must stand for it.
      const only = last ?? blank;
      return only === null ? [] : [{ sample: only, endMs: Math.max(endMs, only.timeMs), isUnsure: false }];
    },
  };
}
