// Runs on the engine's thread: the vectors of one space in memory, and the exact or nearly exact scan over them.
import { ROWS_AT_ONCE } from './kernel.ts';
import { createVectorCodes } from './vector-codes.ts';
import { type BaseRows, createVectorRows } from './vector-rows.ts';

/** Up to so many vectors every one is compared; above, codes of two bits a dimension choose who is. */
export const EXACT_SCAN_LIMIT = 20_000;
/** Chosen by the signs, then put in order by two bits a dimension. */
export const CHOSEN = 16_384;

/** Values are held in steps of 1/2047 of the largest, or wider ones where products would not be summed in 32 bits. */
const QUERY_STEPS = 2047;
const stepsOf = (dimensions: number): number =>
  Math.min(QUERY_STEPS, Math.floor((2 ** 31 - 1) / (QUERY_STEPS * dimensions)));
/** What a vector is of: means and signs are taken among its like, as pictures and texts lie apart. */
export const SEEN = 0;
export const SAID = 1;
export type VectorClass = typeof SEEN | typeof SAID;

export type VectorStore = ReturnType<typeof createVectorStore>;

/** A query made ready for many comparisons. */
export interface PreparedQuery {
  readonly steps: Int16Array;
  /** Cosine = sum of products times this times the vector's own scale. */
  readonly scale: number;
}

/** All of a store but its rows, as bytes in pieces, in an order of its own. */
export interface StoreParts {
  readonly count: number;
  readonly byClass: readonly { readonly count: number; readonly codedAt: number }[];
  readonly pieces: readonly Uint8Array[];
}

/**
 * Vectors of unit length by slot (0 … count - 1, no gaps): twelve bits a dimension with a scale of their own
 * each, cosines right to about 0.00002; and two bits a dimension around the mean of their class.
 */
export function createVectorStore(dimensions: number, inMemoryBytes?: number, folder?: string) {
  const padded = Math.ceil(dimensions / 16) * 16;
  const rowBytes = 16 + padded * 2;
  const vectorSteps = stepsOf(dimensions);
  const rows = createVectorRows(rowBytes, inMemoryBytes, folder);
  const codes = createVectorCodes(dimensions, rowBytes);
  const row = new Uint8Array(rowBytes);
  const [rowScale, rowValues] = [new Float32Array(row.buffer, 0, 1), new Int16Array(row.buffer, 16)];
  let classes = new Uint8Array(1024);
  /** By slot: number of the row. */
  let rowOf = new Int32Array(1024);
  let count = 0;
  /** By class: sum and number of all vectors, the mean that codes were made around, how many there were then. */
  const byClass = [SEEN, SAID].map(() => ({
    sum: new Float64Array(dimensions),
    count: 0,
    centre: new Float32Array(dimensions),
    codedAt: 0,
  }));
  const of = (kind: number) => byClass[kind] as (typeof byClass)[number];

  function grow(slots: number): void {
    if (slots <= classes.length) return;
    const length = Math.max(slots, Math.ceil(classes.length * 1.5));
    const [more, moreRows] = [new Uint8Array(length), new Int32Array(length)];
    more.set(classes);
    moreRows.set(rowOf);
    [classes, rowOf] = [more, moreRows];
  }

  const around = new Float32Array(dimensions);

  const readRow = (slot: number, into: Uint8Array, at: number): void =>
    rows.read(rowOf[slot] as number, into, at);

  function addToSum(sign: 1 | -1, kind: number): void {
    const { sum } = of(kind);
    const scale = (rowScale[0] ?? 0) * sign;
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (rowValues[i] as number) * scale;
    of(kind).count += sign;
  }

  /** The code of the vector that is in `row`. */
  function encode(slot: number): void {
    const { centre } = of(classes[slot] ?? 0);
    const scale = rowScale[0] ?? 0;
    for (let i = 0; i < dimensions; i++) around[i] = (rowValues[i] as number) * scale - (centre[i] as number);
    codes.encode(slot, around);
  }

  /** The centre moves while a class is small: its codes are made again whenever it has doubled. */
  function keepCodes(slot: number): void {
    const kind = classes[slot] ?? 0;
    const own = of(kind);
    if (own.count < own.codedAt * 2 || own.codedAt >= EXACT_SCAN_LIMIT) {
      encode(slot);
      return;
    }
    own.centre = mean(kind);
    own.codedAt = own.count;
    for (let one = 0; one < count; one++)
      if (classes[one] === kind) {
        readRow(one, row, 0);
        encode(one);
      }
  }

  function mean(kind: number): Float32Array<ArrayBuffer> {
    const own = of(kind);
    return Float32Array.from(own.sum, (value) => (own.count === 0 ? 0 : value / own.count));
  }

  function prepare(query: Float32Array): PreparedQuery {
    let largest = 0;
    for (const value of query) largest = Math.max(largest, Math.abs(value));
    const step = largest === 0 ? 1 : QUERY_STEPS / largest;
    return { steps: Int16Array.from(query, (value) => Math.round(value * step)), scale: 1 / step };
  }

  /** Exact to the twelve bits, in the order of the slots. */
  function cosines(query: PreparedQuery, slots: Int32Array): Float32Array {
    const found = new Float32Array(slots.length);
    const work = codes.segmentOf(0);
    work.steps.fill(0);
    work.steps.set(query.steps);
    for (let from = 0; from < slots.length; from += ROWS_AT_ONCE) {
      const some = Math.min(ROWS_AT_ONCE, slots.length - from);
      for (let n = 0; n < some; n++) readRow(slots[from + n] as number, work.rows, n * rowBytes);
      work.run.dot(work.at.rows, some, padded * 2, work.at.steps, work.at.out, query.scale);
      found.set(work.out.subarray(0, some), from);
    }
    return found;
  }

  /** Marks those of a class that pass, from a slot on. */
  const maskFor = (kind: VectorClass, allowed: Uint8Array | null) => {
    const mixed = of(kind).count < count;
    if (allowed === null && !mixed) return null;
    return (mask: Uint8Array, first: number, here: number): void => {
      for (let i = 0; i < here; i++)
        mask[i] = classes[first + i] === kind && (allowed === null || allowed[first + i] !== 0) ? 1 : 0;
    };
  };

  /** The slots of a class that pass, if they are no more than `most`; else null. */
  function few(kind: VectorClass, allowed: Uint8Array | null, most: number): Int32Array | null {
    if (allowed === null && of(kind).count > most) return null;
    const found = new Int32Array(Math.min(most, count));
    let n = 0;
    for (let slot = 0; slot < count; slot++) {
      if (classes[slot] !== kind || (allowed !== null && allowed[slot] === 0)) continue;
      if (n === most) return null;
      found[n++] = slot;
    }
    return found.subarray(0, n);
  }

  return {
    dimensions,
    count: (): number => count,
    /** Of a class, or of all vectors. */
    countOf: (kind: VectorClass): number => of(kind).count,
    classOf: (slot: number): VectorClass => (classes[slot] === SAID ? SAID : SEEN),
    mean: (kind: VectorClass = SEEN) => mean(kind),
    onDisk: (): boolean => rows.onDisk(),
    /** @param vector - of unit length, `dimensions` long; the caller names the next free slot or an old one */
    set(slot: number, vector: Float32Array, kind: VectorClass = SEEN): void {
      if (slot < count) {
        readRow(slot, row, 0);
        addToSum(-1, classes[slot] ?? 0);
        const number = rowOf[slot] as number;
        if (!rows.writable(number)) rowOf[slot] = rows.take();
      } else {
        grow(slot + 1);
        count = slot + 1;
        rowOf[slot] = rows.take();
      }
      classes[slot] = kind;
      let largest = 0;
      for (let i = 0; i < dimensions; i++) largest = Math.max(largest, Math.abs(vector[i] as number));
      const step = largest === 0 ? 1 : vectorSteps / largest;
      for (let i = 0; i < dimensions; i++) rowValues[i] = Math.round((vector[i] as number) * step);
      rowScale[0] = 1 / step;
      rows.write(rowOf[slot] as number, row);
      addToSum(1, kind);
      keepCodes(slot);
    },
    /** Forgets a slot; the last one moves there. */
    remove(slot: number): void {
      readRow(slot, row, 0);
      addToSum(-1, classes[slot] ?? 0);
      rows.release(rowOf[slot] as number);
      const last = --count;
      if (slot === last) return;
      rowOf[slot] = rowOf[last] as number;
      classes[slot] = classes[last] ?? 0;
      codes.move(last, slot);
    },
    prepare,
    /** A stored vector as a query. */
    preparedOf(slot: number): PreparedQuery {
      readRow(slot, row, 0);
      return { steps: rowValues.slice(0, dimensions), scale: rowScale[0] ?? 0 };
    },
    /** A stored vector, as it is kept: right to twelve bits. */
    vectorOf(slot: number): Float32Array {
      readRow(slot, row, 0);
      const scale = rowScale[0] ?? 0;
      return Float32Array.from({ length: dimensions }, (_, i) => (rowValues[i] as number) * scale);
    },
    /**
     * For comparing one vector after another with those before it: each is read once.
     *
     * @param most - of those that were kept, so many of the last ones
     */
    recent(most: number) {
      const kept = new Uint8Array(most * rowBytes);
      let many = 0;
      return {
        /** Cosines to those kept, in the order of keeping. */
        compare(slot: number): Float32Array {
          readRow(slot, row, 0);
          const work = codes.segmentOf(0);
          const some = Math.min(many, most);
          const oldest = many - some;
          for (let n = 0; n < some; n++) {
            const at = ((oldest + n) % most) * rowBytes;
            work.rows.set(kept.subarray(at, at + rowBytes), n * rowBytes);
          }
          work.steps.set(rowValues);
          work.run.dot(work.at.rows, some, padded * 2, work.at.steps, work.at.out, rowScale[0] ?? 0);
          return work.out.slice(0, some);
        },
        /** Keeps the one that was compared last. */
        keep(): void {
          kept.set(row, (many++ % most) * rowBytes);
        },
      };
    },
    cosines,
    cosine: (query: PreparedQuery, slot: number): number => cosines(query, Int32Array.of(slot))[0] ?? 0,
    /**
     * The slots of a class that pass, nearest to a query first as far as codes tell; in any order while there
     * are so few that all are to be compared (`exact`).
     *
     * @param query - any length; it should be free of what all queries have in common
     * @param allowed - by slot: 0 is passed over; null: none is
     * @param most - so many are chosen where not all are compared
     */
    nearestFirst(
      query: Float32Array,
      allowed: Uint8Array | null,
      kind: VectorClass = SEEN,
      most = CHOSEN,
    ): { readonly slots: Int32Array; readonly exact: boolean } {
      if (of(kind).count === 0) return { slots: new Int32Array(0), exact: true };
      const all = few(kind, allowed, count <= EXACT_SCAN_LIMIT || !rows.onDisk() ? EXACT_SCAN_LIMIT : most);
      if (all !== null && (count <= EXACT_SCAN_LIMIT || !rows.onDisk())) return { slots: all, exact: true };
      const chosen = all ?? codes.choose(query, count, maskFor(kind, allowed), most).slots;
      const { centre } = of(kind);
      let common = 0;
      for (let i = 0; i < dimensions; i++) common += (query[i] as number) * (centre[i] as number);
      const inner = codes.estimates(query, chosen);
      for (let i = 0; i < inner.length; i++) inner[i] = (inner[i] as number) + common;
      return { slots: byValue(chosen, inner), exact: false };
    },
    rowBytes,
    readRow,
    /** All but the rows, to be written: views of what is kept, to be used at once. */
    parts(): StoreParts {
      const pieces = codes.pieces(count);
      return {
        count,
        byClass: byClass.map((one) => ({ count: one.count, codedAt: one.codedAt })),
        pieces: [
          ...byClass.flatMap(({ sum, centre }) => [bytesOf(sum), bytesOf(centre)]),
          classes.subarray(0, count),
          ...pieces.flatMap(({ scales, signs, large }) => [scales, signs, large]),
        ],
      };
    },
    /** Pieces to be filled with what {@link parts} gave; the store must be new. Then its rows, by slot. */
    restore(
      saved: Pick<StoreParts, 'count' | 'byClass'>,
      from: BaseRows,
      fill: (pieces: readonly Uint8Array[]) => void,
    ): void {
      grow(saved.count);
      count = saved.count;
      for (const [kind, { count: many, codedAt }] of saved.byClass.entries())
        Object.assign(of(kind), { count: many, codedAt });
      for (let slot = 0; slot < count; slot++) rowOf[slot] = slot;
      fill(this.parts().pieces);
      rows.restore(from);
    },
    close: (): void => rows.close(),
  };
}

/** Slots by their values, greatest first. */
export function byValue(slots: Int32Array, values: Float32Array): Int32Array {
  // Value and place in one number: typed arrays sort those without a call for each comparison.
  const keys = Float64Array.from(values, (value, i) => Math.round((4 - value) * 1e6) * 2 ** 22 + i).sort();
  return Int32Array.from(keys, (key) => slots[key % 2 ** 22] ?? 0);
}

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}
