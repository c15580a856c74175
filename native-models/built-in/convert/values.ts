// Runs where the built-in pack is made: which layout each value of the graph is in, and constants by name.
import { bare, type Constant } from './graph-model.ts';
import type { OnnxGraph } from './onnx-graph.ts';

export type Layout = 'nchw' | 'nhwc';

export class ValueTable {
  readonly #graph: OnnxGraph;
  readonly #constants: ReadonlyMap<string, Constant>;
  readonly #layouts = new Map<string, { layout: Layout; rank: number }>();
  readonly #transposed = new Set<string>();

  constructor(graph: OnnxGraph, constants: ReadonlyMap<string, Constant>) {
    this.#graph = graph;
    this.#constants = constants;
  }

  /** Says how a node's result lies. */
  set(name: string, layout: Layout, rank: number): void {
    this.#layouts.set(name, { layout, rank });
  }

  layout(name: string): Layout {
    return this.#layouts.get(bare(name))?.layout ?? 'nhwc';
  }

  rank(name: string): number {
    return this.#layouts.get(bare(name))?.rank ?? 4;
  }

  /** The value in the wanted layout, transposed once if need be. @returns its name */
  as(name: string, want: Layout): string {
    const from = bare(name);
    if (this.layout(from) === want || this.rank(from) !== 4) return from;
    const to = `${from}/${want}`;
    if (!this.#transposed.has(to)) {
      this.#transposed.add(to);
      this.#graph.emit('Transpose', [from], to, { perm: want === 'nchw' ? [0, 3, 1, 2] : [0, 2, 3, 1] });
    }
    return to;
  }

  maybeConstant(name: string): Constant | undefined {
    return this.#constants.get(bare(name));
  }

  constant(name: string | undefined): Constant {
    const found = name === undefined ? undefined : this.maybeConstant(name);
    if (found === undefined) throw new Error(`no constant ${name ?? ''}`);
    return found;
  }

  integers(name: string | undefined): number[] {
    return Array.from(this.constant(name).data);
  }
}
