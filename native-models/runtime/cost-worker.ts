// Runs in a worker thread: times one layer of a vision transformer of given sizes. Serves measure-cost.
import { parentPort, workerData } from 'node:worker_threads';
import { OnnxGraph } from '../built-in/convert/onnx-graph.ts';
import type { Work } from '../packs/catalogue.ts';
import type { CostOrder } from './measure-cost.ts';
import { loadModel, type Model } from './model-runtime.ts';

const PICTURES = 4;
const WARM_RUNS = 2;
const MEASURE_MS = 900;
/** ONNX's number for the type float32. */
const FLOAT = 1;

const { work, threads, stop } = workerData as CostOrder;
const isStopped = (): boolean => Atomics.load(stop, 0) === 1;

/** Attention and MLP of one layer; matrix products as the pack has them, in floats or in whole numbers. */
function layerModel({ width, hidden, tokens, quantized }: Work): Uint8Array {
  const graph = new OnnxGraph();
  let count = 0;
  const put = (op: string, inputs: readonly string[], attributes = {}): string => {
    const name = `${op}-${String(count++)}`;
    graph.emit(op, inputs, name, attributes);
    return name;
  };
  const scale = graph.floats([], Float32Array.of(1 / 64));
  const product = (values: string, from: number, to: number): string => {
    const weights = Float32Array.from({ length: from * to }, () => (Math.random() - 0.5) / Math.sqrt(from));
    const constant = graph.floats([from, to], weights);
    if (!quantized) return put('MatMul', [values, constant]);
    const whole = put('MatMulInteger', [
      put('QuantizeLinear', [values, scale]),
      put('QuantizeLinear', [constant, scale]),
    ]);
    return put('Mul', [put('Cast', [whole], { to: FLOAT }), scale]);
  };
  const query = product('x', width, width);
  const key = put('Transpose', [product('x', width, width)], { perm: [0, 2, 1] });
  const value = product('x', width, width);
  const attention = put('Softmax', [put('MatMul', [query, key])]);
  const mixed = put('Add', ['x', product(put('MatMul', [attention, value]), width, width)]);
  const inner = put('Sigmoid', [product(mixed, width, hidden)]);
  const out = put('Add', [mixed, product(inner, hidden, width)]);
  return graph.toModel('layer', { name: 'x', dims: [PICTURES, tokens, width] }, [out]);
}

/** Null where it was stopped. A run in hand comes to its end: it cannot be broken off without harm. */
async function secondsOfLayer(model: Model): Promise<number | null> {
  const dims = [PICTURES, work.tokens, work.width];
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => Math.random());
  const once = () => model.run({ x: { type: 'float32', data, dims } }, model.outputs);
  for (let run = 0; run < WARM_RUNS && !isStopped(); run++) await once();
  const seconds: number[] = [];
  for (const endMs = performance.now() + MEASURE_MS; performance.now() < endMs || seconds.length < 3;) {
    if (isStopped()) return null;
    const startMs = performance.now();
    await once();
    seconds.push((performance.now() - startMs) / 1000);
  }
  return seconds.toSorted((a, b) => a - b)[seconds.length >> 1] ?? 0;
}

/** In memory alone: whoever ends the process amid the measuring leaves nothing behind. */
const layerBytes = layerModel(work);
const model = isStopped() ? null : await loadModel(layerBytes, threads);
const layer = model && (await secondsOfLayer(model));
await model?.close();
if (layer !== null) {
  // Cutting a picture into patches is one product more, told by its share of a layer's.
  const { layers, width, hidden, patch } = work;
  const patches = (patch * width) / (4 * width * width + 2 * width * hidden);
  parentPort?.postMessage(((layer * (layers + patches)) / PICTURES) * 1000);
}
