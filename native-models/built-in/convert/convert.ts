// Runs where the built-in pack is made: a TensorFlow.js graph model becomes an ONNX model.
import { basename } from 'node:path';
import { bare, dataInputs, type GraphModel, type Node, readGraphModel, shapeOf } from './graph-model.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { type Conversion, operationOf } from './operations.ts';
import { ValueTable } from './values.ts';

/**
 * Converts one model: only the nodes that the outputs need, inputs first. Values with four axes are kept
 * in NCHW inside and in the outputs; the input stays NHWC.
 *
 * @param jsonPath - the model's JSON; its weight files lie beside it
 * @param outputs - names of the nodes wanted as outputs
 * @throws Error naming the node whose operation is not known
 */
export async function convertGraphModel(jsonPath: string, outputs: readonly string[]): Promise<Uint8Array> {
  const model = await readGraphModel(jsonPath);
  const graph = new OnnxGraph();
  const conversion: Conversion = { graph, values: new ValueTable(graph, model.constants) };
  const nodes = inOrder(model, outputs);
  for (const node of nodes) operationOf(node)(node, conversion);
  const placeholder = nodes.find((node) => node.op === 'Placeholder');
  if (placeholder === undefined) throw new Error(`${basename(jsonPath)}: no input`);
  // Number and size of the pictures stay open: nothing in these graphs depends on them.
  const dims = shapeOf(placeholder).map((dim, axis) => ['n', 'h', 'w'][axis] ?? dim);
  return graph.toModel(basename(jsonPath, '.json'), { name: placeholder.name, dims }, outputs);
}

/** The order in the file is not to be relied on. */
function inOrder({ nodes }: GraphModel, outputs: readonly string[]): Node[] {
  const ordered: Node[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const node = nodes.get(name);
    if (node === undefined) throw new Error(`no node ${name}`);
    for (const input of dataInputs(node)) visit(bare(input));
    ordered.push(node);
  };
  outputs.forEach(visit);
  return ordered;
}
