// Runs where the built-in pack is made: each TensorFlow operation that the models use, as ONNX operations.
import { bare, dataInputs, flagOf, type Node, numbersOf, stringOf, stringsOf } from './graph-model.ts';
import { axisInNchw, besideNchw, transpose } from './layout.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { ValueTable } from './values.ts';

/** What an operation is converted into. */
export interface Conversion {
  readonly graph: OnnxGraph;
  readonly values: ValueTable;
}

type Operation = (node: Node, conversion: Conversion) => void;

const BINARY: Readonly<Record<string, string>> = {
  Add: 'Add',
  AddV2: 'Add',
  BiasAdd: 'Add',
  Sub: 'Sub',
  Mul: 'Mul',
  RealDiv: 'Div',
  Minimum: 'Min',
  Maximum: 'Max',
};

function inputsOf(node: Node): [string, ...string[]] {
  const [first, ...rest] = dataInputs(node);
  if (first === undefined) throw new Error(`${node.name}: no input`);
  return [first, ...rest];
}

function padding(node: Node): Record<string, string | number[]> {
  const kind = stringOf(node, 'padding');
  if (kind === 'SAME') return { auto_pad: 'SAME_UPPER' };
  if (kind === 'VALID') return { auto_pad: 'VALID' };
  const [, , top = 0, bottom = 0, left = 0, right = 0] = numbersOf(node, 'explicit_paddings') ?? [];
  return { pads: [top, left, bottom, right] };
}

function activate(conversion: Conversion, kind: string, from: string, to: string, slope?: string): void {
  const { graph, values } = conversion;
  const scalar = (value: number) => graph.floats([], Float32Array.of(value));
  if (kind === 'Relu') graph.emit('Relu', [from], to);
  else if (kind === 'Relu6') graph.emit('Clip', [from, scalar(0), scalar(6)], to);
  else if (kind === 'Prelu') {
    const { shape, data } = besideNchw(values.constant(slope));
    graph.emit('PRelu', [from, graph.floats(shape, data)], to);
  } else throw new Error(`${to}: activation ${kind} is not known`);
}

const convolution: Operation = (node, conversion) => {
  const { graph, values } = conversion;
  const [input, filter, bias, slope] = inputsOf(node);
  const depthwise = node.op.includes('epthwise');
  const source = values.constant(filter);
  const [height = 1, width = 1, channels = 1, multiplier = 1] = source.shape;
  // TensorFlow: height, width, in, out (depthwise: in, multiplier). ONNX: out, in per group, height, width.
  const weights = depthwise
    ? { shape: [channels * multiplier, 1, height, width], data: transpose(source, [2, 3, 0, 1]).data }
    : transpose(source, [3, 2, 0, 1]);
  const inputs = [values.as(input, 'nchw'), graph.floats(weights.shape, weights.data)];
  const [first, activation] = stringsOf(node, 'fused_ops');
  if (first === 'BiasAdd') {
    const { data } = values.constant(bias);
    inputs.push(graph.floats([data.length], data));
  } else if (first !== undefined) throw new Error(`${node.name}: fused ${first} is not known`);
  const before = activation === undefined ? node.name : `${node.name}/before`;
  graph.emit('Conv', inputs, before, {
    strides: (numbersOf(node, 'strides') ?? [1, 1, 1, 1]).slice(1, 3),
    dilations: (numbersOf(node, 'dilations') ?? [1, 1, 1, 1]).slice(1, 3),
    kernel_shape: weights.shape.slice(2),
    group: depthwise ? channels : 1,
    ...padding(node),
  });
  if (activation !== undefined) activate(conversion, activation, before, node.name, slope);
  values.set(node.name, 'nchw', 4);
};

const binary: Operation = (node, { graph, values }) => {
  const inputs = inputsOf(node);
  const moving = inputs.filter((name) => values.maybeConstant(name) === undefined);
  const layout = moving.some((name) => values.layout(name) === 'nchw') ? 'nchw' : 'nhwc';
  const operands = inputs.map((name) => {
    const constant = values.maybeConstant(name);
    if (constant === undefined) return values.as(name, layout);
    const { shape, data } = layout === 'nchw' ? besideNchw(constant) : constant;
    return graph.floats(shape, data);
  });
  graph.emit(BINARY[node.op] ?? '', operands, node.name);
  values.set(node.name, layout, values.rank(moving[0] ?? ''));
};

const pointwise: Operation = (node, conversion) => {
  const { graph, values } = conversion;
  const [input] = inputsOf(node);
  // Softmax runs over the last axis, which is the channels only in NHWC.
  const from = node.op === 'Softmax' ? values.as(input, 'nhwc') : bare(input);
  if (node.op === 'Relu6') activate(conversion, 'Relu6', from, node.name);
  else graph.emit(node.op, [from], node.name, node.op === 'Softmax' ? { axis: -1 } : {});
  values.set(node.name, node.op === 'Softmax' ? 'nhwc' : values.layout(from), values.rank(input));
};

const mean: Operation = (node, { graph, values }) => {
  const [input, axesName] = inputsOf(node);
  const axes = values.integers(axesName);
  const keep = flagOf(node, 'keep_dims');
  if (!keep && axes.length !== 2) throw new Error(`${node.name}: mean over ${axes.join()} is not known`);
  const inputs = [values.as(input, 'nchw'), graph.integers(axes.map(axisInNchw))];
  graph.emit('ReduceMean', inputs, node.name, { keepdims: keep ? 1 : 0 });
  values.set(node.name, keep ? 'nchw' : 'nhwc', keep ? 4 : 2);
};

const maxPool: Operation = (node, { graph, values }) => {
  const [input] = inputsOf(node);
  graph.emit('MaxPool', [values.as(input, 'nchw')], node.name, {
    kernel_shape: (numbersOf(node, 'ksize') ?? []).slice(1, 3),
    strides: (numbersOf(node, 'strides') ?? []).slice(1, 3),
    ...padding(node),
  });
  values.set(node.name, 'nchw', 4);
};

const pad: Operation = (node, { graph, values }) => {
  const [input, amounts] = inputsOf(node);
  const flat = values.integers(amounts);
  const axes = [0, 3, 1, 2];
  const starts = axes.map((axis) => flat[2 * axis] ?? 0);
  const ends = axes.map((axis) => flat[2 * axis + 1] ?? 0);
  graph.emit('Pad', [values.as(input, 'nchw'), graph.integers([...starts, ...ends])], node.name);
  values.set(node.name, 'nchw', 4);
};

const resize: Operation = (node, { graph, values }) => {
  const [input, size] = inputsOf(node);
  const halfPixel = flagOf(node, 'half_pixel_centers') ? 'half_pixel' : 'asymmetric';
  // Keras' UpSampling2D doubles; said as a factor it holds for every size of the input.
  const doubles = node.name.includes('up_sampling2d');
  const amount = doubles
    ? [graph.floats([2], Float32Array.of(2, 2))]
    : ['', graph.integers(values.integers(size))];
  graph.emit('Resize', [values.as(input, 'nchw'), '', ...amount], node.name, {
    mode: 'linear',
    axes: [2, 3],
    coordinate_transformation_mode: flagOf(node, 'align_corners') ? 'align_corners' : halfPixel,
  });
  values.set(node.name, 'nchw', 4);
};

const concat: Operation = (node, { graph, values }) => {
  const inputs = inputsOf(node);
  const [axis = 0] = values.integers(inputs.at(-1));
  const parts = inputs.slice(0, -1);
  const rank = values.rank(inputs[0]);
  const layout = rank === 4 ? 'nchw' : 'nhwc';
  const names = parts.map((part) => values.as(part, layout));
  graph.emit('Concat', names, node.name, { axis: rank === 4 ? axisInNchw(axis) : axis });
  values.set(node.name, layout, rank);
};

const reshape: Operation = (node, { graph, values }) => {
  const [input, shapeName] = inputsOf(node);
  const shape = values.integers(shapeName);
  graph.emit('Reshape', [values.as(input, 'nhwc'), graph.integers(shape)], node.name);
  values.set(node.name, 'nhwc', shape.length);
};

const matMul: Operation = (node, conversion) => {
  const { graph, values } = conversion;
  const [input, matrix, bias] = inputsOf(node);
  const [first, activation] = stringsOf(node, 'fused_ops');
  const { shape, data } = values.constant(matrix);
  const inputs = [values.as(input, 'nhwc'), graph.floats(shape, data)];
  if (first === 'BiasAdd') {
    const addend = values.constant(bias);
    inputs.push(graph.floats(addend.shape, addend.data));
  } else if (first !== undefined) throw new Error(`${node.name}: fused ${first} is not known`);
  const before = activation === undefined ? node.name : `${node.name}/before`;
  graph.emit('Gemm', inputs, before, { transB: flagOf(node, 'transpose_b') ? 1 : 0 });
  if (activation !== undefined) activate(conversion, activation, before, node.name);
  values.set(node.name, 'nhwc', 2);
};

const OPERATIONS: Readonly<Record<string, Operation>> = {
  Const: () => undefined,
  Placeholder: (node, { values }) => {
    values.set(node.name, 'nhwc', 4);
  },
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2dNative: convolution,
  Relu: pointwise,
  Relu6: pointwise,
  Sigmoid: pointwise,
  Softmax: pointwise,
  Identity: pointwise,
  Prelu: (node, conversion) => {
    const [input, slope] = inputsOf(node);
    activate(conversion, 'Prelu', conversion.values.as(input, 'nchw'), node.name, slope);
    conversion.values.set(node.name, 'nchw', 4);
  },
  Mean: mean,
  MaxPool: maxPool,
  Pad: pad,
  ResizeBilinear: resize,
  ConcatV2: concat,
  Reshape: reshape,
  MatMul: matMul,
  _FusedMatMul: matMul,
  ...Object.fromEntries(Object.keys(BINARY).map((op) => [op, binary])),
};

/** @throws Error when a node's operation is none of those the models use */
export function operationOf(node: Node): Operation {
  const operation = OPERATIONS[node.op];
  if (operation === undefined) throw new Error(`${node.name}: operation ${node.op} is not known`);
  return operation;
}
