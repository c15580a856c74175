// Runs where the built-in pack is made: moves constants from TensorFlow's axis order to ONNX's.
import type { Constant } from './graph-model.ts';

/** Axes of NHWC in the order NCHW. */
const TO_NCHW = [0, 3, 1, 2];

/** Reorders a constant's axes: the result's axis i is the source's axis `order[i]`. */
export function transpose({ shape, data }: Constant, order: readonly number[]): Constant {
  const to = order.map((axis) => shape[axis] ?? 1);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, dim) => product * dim, 1));
  const steps = order.map((axis) => strides[axis] ?? 1);
  const out = new Float32Array(data.length);
  let next = 0;
  const walk = (depth: number, offset: number): void => {
    const step = steps[depth];
    if (step === undefined) {
      out[next++] = data[offset] ?? 0;
      return;
    }
    const count = to[depth] ?? 1;
    for (let i = 0; i < count; i++) walk(depth + 1, offset + i * step);
  };
  walk(0, 0);
  return { shape: to, data: out };
}

/** A constant shaped so that it broadcasts against an NCHW value as it did against the NHWC one. */
export function besideNchw(constant: Constant): Constant {
  const { shape, data } = constant;
  if (shape.length === 4) return transpose(constant, TO_NCHW);
  if (shape.length === 3) return transpose(constant, [2, 0, 1]);
  if (shape.length === 1 && shape[0] !== 1) return { shape: [shape[0] ?? 1, 1, 1], data };
  return constant;
}

/** An axis of NHWC, counted from either end, as an axis of NCHW. */
export function axisInNchw(axis: number): number {
  return [0, 2, 3, 1][(axis + 4) % 4] ?? axis;
}
