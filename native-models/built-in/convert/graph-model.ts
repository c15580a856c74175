// Runs where the built-in pack is made: reads a TensorFlow.js graph model, its nodes and its weights.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Strings = z.object({ list: z.object({ s: z.array(z.string()).optional() }).optional() });
const Numbers = z.object({
  list: z.object({ i: z.array(z.union([z.string(), z.number()])).optional() }).optional(),
});

const Node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), z.unknown()).default({}),
});
export type Node = z.infer<typeof Node>;

const Weight = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  dtype: z.string(),
  quantization: z
    .object({ dtype: z.string(), scale: z.number().default(1), min: z.number().default(0) })
    .optional(),
});

const GraphJson = z.object({
  modelTopology: z.object({ node: z.array(Node) }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(Weight) })),
});

/** A constant of the graph; whole numbers are small enough to be exact in float32. */
export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface GraphModel {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly constants: ReadonlyMap<string, Constant>;
}

/** Name without the output index (`:0`). */
export const bare = (name: string): string => name.replace(/:\d+$/, '');

/** The values a node reads; names with `^` only say what must run before. */
export const dataInputs = (node: Node): string[] => node.input.filter((name) => !name.startsWith('^'));

/** Reads the model JSON and the weight files beside it. Throws an Error naming what does not fit. */
export async function readGraphModel(jsonPath: string): Promise<GraphModel> {
  const json = GraphJson.parse(JSON.parse(await readFile(jsonPath, 'utf8')));
  const constants = new Map<string, Constant>();
  for (const group of json.weightsManifest) {
    const files = await Promise.all(group.paths.map((path) => readFile(join(dirname(jsonPath), path))));
    const bytes = Buffer.concat(files);
    let at = 0;
    for (const weight of group.weights) {
      const { values, read } = expand(bytes, at, weight);
      constants.set(weight.name, { shape: weight.shape, data: values });
      at += read;
    }
    if (at !== bytes.length)
      throw new Error(`weights: ${String(at)} bytes described, ${String(bytes.length)} present`);
  }
  return { nodes: new Map(json.modelTopology.node.map((node) => [node.name, node])), constants };
}

/** float16 and affine uint8 and uint16 become float32. */
function expand(
  bytes: Buffer,
  at: number,
  weight: z.infer<typeof Weight>,
): { values: Float32Array; read: number } {
  const count = weight.shape.reduce((product, dim) => product * dim, 1);
  const { scale = 1, min = 0 } = weight.quantization ?? {};
  const values = new Float32Array(count);
  const fill = (size: number, one: (offset: number) => number) => {
    for (let i = 0; i < count; i++) values[i] = one(at + i * size);
    return { values, read: count * size };
  };
  const type = weight.quantization?.dtype ?? weight.dtype;
  if (type === 'float16') return fill(2, (offset) => halfToFloat(bytes.readUInt16LE(offset)));
  if (type === 'uint8') return fill(1, (offset) => bytes.readUInt8(offset) * scale + min);
  if (type === 'uint16') return fill(2, (offset) => bytes.readUInt16LE(offset) * scale + min);
  if (type === 'float32') return fill(4, (offset) => bytes.readFloatLE(offset));
  if (type === 'int32') return fill(4, (offset) => bytes.readInt32LE(offset));
  throw new Error(`${weight.name}: weights of type ${type} are not known`);
}

/** IEEE 754 binary16. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A list of whole numbers among a node's attributes; undefined where there is none. */
export function numbersOf(node: Node, key: string): number[] | undefined {
  return Numbers.optional().parse(node.attr[key])?.list?.i?.map(Number);
}

/** A list of strings; TensorFlow.js keeps them in base64. */
export function stringsOf(node: Node, key: string): string[] {
  const list = Strings.optional().parse(node.attr[key])?.list?.s ?? [];
  return list.map((text) => Buffer.from(text, 'base64').toString('utf8'));
}

export function stringOf(node: Node, key: string): string {
  const { s } = z.object({ s: z.string() }).parse(node.attr[key]);
  return Buffer.from(s, 'base64').toString('utf8');
}

export function flagOf(node: Node, key: string): boolean {
  return z.object({ b: z.boolean().optional() }).optional().parse(node.attr[key])?.b ?? false;
}

/** Shape of a placeholder; -1 where it is open. */
export function shapeOf(node: Node): number[] {
  const dim = z.object({ size: z.union([z.string(), z.number()]) });
  const attr = z.object({ shape: z.object({ dim: z.array(dim) }) }).parse(node.attr['shape']);
  return attr.shape.dim.map(({ size }) => Number(size));
}
