// Runs on the engine's thread: the concepts of every moment of a space, a column each. Serves search.

export type ConceptColumns = ReturnType<typeof createConceptColumns>;

/** Relevance of each concept in 255ths, by slot: one concept of all moments lies together in memory. */
export function createConceptColumns(concepts: number) {
  let capacity = 1024;
  let columns = Array.from({ length: concepts }, () => new Uint8Array(capacity));
  function grow(slots: number): void {
    if (slots <= capacity) return;
    capacity = Math.max(slots, Math.ceil(capacity * 1.5));
    columns = columns.map((column) => {
      const more = new Uint8Array(capacity);
      more.set(column);
      return more;
    });
  }

  return {
    grow,
    /** @param values - 0 to 1, one per concept */
    set(slot: number, values: Float32Array): void {
      grow(slot + 1);
      for (const [concept, column] of columns.entries())
        column[slot] = Math.round((values[concept] ?? 0) * 255);
    },
    /** Forgets a slot; the last one moves there. */
    remove(slot: number, last: number): void {
      for (const column of columns) column[slot] = column[last] ?? 0;
    },
    /** 0 to 1. */
    at: (concept: number, slot: number): number => (columns[concept]?.[slot] ?? 0) / 255,
    /** By slot, in 255ths; longer than there are slots. Not to be kept: it moves when it grows. */
    column: (concept: number): Uint8Array => columns[concept] ?? new Uint8Array(0),
  };
}
