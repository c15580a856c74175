// Runs on the engine's thread: a piece of memory with the kernel's loops over it (kernel.wat). Serves vector-store.
import { kernelBase64 } from './kernel-bytes.ts';

interface Memory {
  readonly buffer: ArrayBuffer;
}
/** What is used of WebAssembly: Node's types leave it to those of the page. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (size: { initial: number }) => Memory;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  };
};

interface KernelFunctions {
  scan(
    ...args: [
      codes: number,
      bytes: number,
      count: number,
      query: number,
      large: number,
      mask: number,
      out: number,
      histogram: number,
    ]
  ): void;
  collect(keys: number, count: number, low: number, high: number, into: number, most: number): number;
  estimate(...args: number[]): void;
  dot(rows: number, count: number, bytes: number, query: number, out: number, scale: number): void;
}

/** Vectors held by one piece of memory: a scan of one takes well under a millisecond. */
export const SEGMENT = 65_536;
/** Bits of a code at the most: their counts are added in bytes, sixteen at a time. */
export const MOST_BITS = 3968;
/** Keys of codes that pass are smaller: a differing bit counts three at the most. */
export const KEYS = MOST_BITS * 3 + 1;
/** Rows that are compared exactly at a time. */
export const ROWS_AT_ONCE = 512;
/** A code's key in `keys` while it does not pass. */
export const NOT_PASSED = 65_535;

let compiled: object | null = null;

export type Segment = ReturnType<typeof createSegment>;

/**
 * Memory for {@link SEGMENT} vectors. Pages of it that were never written take nothing.
 *
 * @param codeBytes - of one code: a multiple of 16
 * @param rowBytes - of one row: 16 and a multiple of 32
 */
export function createSegment(codeBytes: number, rowBytes: number) {
  let end = 0;
  const take = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const at = {
    // Nothing lies at 0: there it means "no mask".
    spare: take(64),
    query: take(512),
    largeQuery: take(512),
    planes: take(7 * 512),
    steps: take(rowBytes - 16),
    histogram: take(KEYS * 4),
    out: take(SEGMENT * 4),
    chosen: take(SEGMENT * 4),
    rows: take(ROWS_AT_ONCE * rowBytes),
    keys: take(SEGMENT * 2),
    mask: take(SEGMENT),
    scales: take(SEGMENT * 4),
    signs: take(SEGMENT * codeBytes),
    large: take(SEGMENT * codeBytes),
  };
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65_536) });
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { engine: { memory } });
  const { buffer } = memory;
  return {
    at,
    run: exports as KernelFunctions,
    bytes: new Uint8Array(buffer),
    query: new Uint8Array(buffer, at.query, 512),
    largeQuery: new Uint8Array(buffer, at.largeQuery, 512),
    planes: new Uint8Array(buffer, at.planes, 7 * 512),
    steps: new Int16Array(buffer, at.steps, (rowBytes - 16) / 2),
    histogram: new Int32Array(buffer, at.histogram, KEYS),
    out: new Float32Array(buffer, at.out, SEGMENT),
    chosen: new Int32Array(buffer, at.chosen, SEGMENT),
    rows: new Uint8Array(buffer, at.rows, ROWS_AT_ONCE * rowBytes),
    keys: new Uint16Array(buffer, at.keys, SEGMENT),
    mask: new Uint8Array(buffer, at.mask, SEGMENT),
    scales: new Float32Array(buffer, at.scales, SEGMENT),
    signs: new Uint8Array(buffer, at.signs, SEGMENT * codeBytes),
    large: new Uint8Array(buffer, at.large, SEGMENT * codeBytes),
  };
}
