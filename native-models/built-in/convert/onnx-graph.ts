// Runs where the built-in pack is made: collects an ONNX graph and writes it as a model file.
import { Message } from './protobuf.ts';

/** IR version 9 with operator set 18: read by every onnxruntime since 1.15. */
const IR_VERSION = 9;
const OPERATOR_SET = 18;
const FLOAT = 1;
const INT64 = 7;

type Attribute = number | string | readonly number[];
export type Dims = readonly (number | string)[];

/** ONNX attribute types: 2 whole number, 3 string, 7 list of whole numbers. */
function attribute(name: string, value: Attribute): Message {
  const message = new Message().string(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, 2);
  if (typeof value === 'string') return message.string(4, value).int(20, 3);
  for (const one of value) message.int(8, one);
  return message.int(20, 7);
}

function valueInfo(name: string, dims?: Dims): Message {
  const tensor = new Message().int(1, FLOAT);
  if (dims !== undefined) {
    const shape = new Message();
    for (const dim of dims)
      shape.message(1, typeof dim === 'string' ? new Message().string(2, dim) : new Message().int(1, dim));
    tensor.message(2, shape);
  }
  return new Message().string(1, name).message(2, new Message().message(1, tensor));
}

export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];

  /** Adds an operation with one output. An input '' is one left out. */
  emit(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Record<string, Attribute> = {},
  ): void {
    const node = new Message();
    for (const input of inputs) node.string(1, input);
    node.string(2, output).string(3, `${output}/node`).string(4, op);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.#nodes.push(node);
  }

  /** Adds a constant. @returns its name */
  floats(shape: readonly number[], data: Float32Array): string {
    return this.#constant(shape, FLOAT, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** Adds a list of whole numbers. @returns its name */
  integers(values: readonly number[]): string {
    return this.#constant([values.length], INT64, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  toModel(name: string, input: { name: string; dims: Dims }, outputs: readonly string[]): Uint8Array {
    const graph = new Message();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, name);
    for (const constant of this.#constants) graph.message(5, constant);
    graph.message(11, valueInfo(input.name, input.dims));
    for (const output of outputs) graph.message(12, valueInfo(output));
    return new Message()
      .int(1, IR_VERSION)
      .string(2, 'afterimage')
      .message(7, graph)
      .message(8, new Message().string(1, '').int(2, OPERATOR_SET))
      .toBytes();
  }

  #constant(shape: readonly number[], type: number, data: Uint8Array): string {
    const name = `const_${String(this.#constants.length)}`;
    const tensor = new Message();
    for (const dim of shape) tensor.int(1, dim);
    this.#constants.push(tensor.int(2, type).string(8, name).bytes(9, data));
    return name;
  }
}
