// Runs in the command line: how long most of many tries took. Serves the bench.

/** Milliseconds; `p95`: all but a twentieth took no longer. */
export interface Latencies {
  readonly tries: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** The smallest value that at least `share` of all do not exceed (nearest rank). */
export function percentile(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.max(0, Math.ceil(share * sorted.length) - 1);
  const value = sorted[at];
  if (value === undefined) throw new RangeError('There are no values to judge by.');
  return value;
}

export function latenciesOf(milliseconds: readonly number[]): Latencies {
  return {
    tries: milliseconds.length,
    p50: percentile(0.5, milliseconds),
    p95: percentile(0.95, milliseconds),
    max: percentile(1, milliseconds),
  };
}
