// Runs in a worker thread: BlazeFace's raw output to faces. The network and its anchors: MediaPipe's BlazeFace.

/** Edge of the square input, pixels. */
export const FACE_INPUT_EDGE = 256;

/** A face in pixels of the input. */
export interface Face {
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One layer of the network: its cells, row by row, with so many anchors each. */
export interface FaceLayer {
  /** Pixels of the input between cells. */
  readonly stride: number;
  readonly perCell: number;
  /** One logit per anchor. */
  readonly logits: Float32Array;
  /** 16 values per anchor: centre x, centre y, width, height in pixels, then six points. */
  readonly boxes: Float32Array;
}

/** Faces of one layer at or above a score 0..1. A box's centre is relative to the middle of its cell. */
export function facesOf({ stride, perCell, logits, boxes }: FaceLayer, floor: number): Face[] {
  const cells = FACE_INPUT_EDGE / stride;
  const faces: Face[] = [];
  logits.forEach((logit, anchor) => {
    const score = 1 / (1 + Math.exp(-logit));
    if (score < floor) return;
    const cell = Math.floor(anchor / perCell);
    const value = (index: number) => boxes[anchor * 16 + index] ?? 0;
    const x = ((cell % cells) + 0.5) * stride + value(0);
    const y = (Math.floor(cell / cells) + 0.5) * stride + value(1);
    const [width, height] = [value(2), value(3)];
    faces.push({ score, left: x - width / 2, top: y - height / 2, width, height });
  });
  return faces;
}

/** Shared part of two boxes' area. */
function overlap(a: Face, b: Face): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Best first; of boxes that overlap by more than 0.3 only the best. */
export function withoutDoubles(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of faces.toSorted((a, b) => b.score - a.score))
    if (kept.every((other) => overlap(face, other) <= 0.3)) kept.push(face);
  return kept;
}
