// Runs on any thread: the concepts of the built-in pack, in the order in which their values are stored.

/** The 80 classes of COCO in the order of the detector's planes. */
export const OBJECTS: readonly string[] = [
  ...['person', 'bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat', 'traffic light'],
  ...['fire hydrant', 'stop sign', 'parking meter', 'bench', 'bird', 'cat', 'dog', 'horse', 'sheep', 'cow'],
  ...[
    'elephant',
    'bear',
    'zebra',
    'giraffe',
    'backpack',
    'umbrella',
    'handbag',
    'tie',
    'suitcase',
    'frisbee',
  ],
  ...[
    'skis',
    'snowboard',
    'sports ball',
    'kite',
    'baseball bat',
    'baseball glove',
    'skateboard',
    'surfboard',
  ],
  ...['tennis racket', 'bottle', 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl', 'banana', 'apple'],
  ...['sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut', 'cake', 'chair', 'couch'],
  ...['potted plant', 'bed', 'dining table', 'toilet', 'tv', 'laptop', 'mouse', 'remote', 'keyboard'],
  ...['cell phone', 'microwave', 'oven', 'toaster', 'sink', 'refrigerator', 'book', 'clock', 'vase'],
  ...['scissors', 'teddy bear', 'hair drier', 'toothbrush'],
];

/** Scenes with a probe. The last one may only order what other words found. */
export const SCENES = [
  'scene:indoor',
  'scene:outdoor',
  'scene:water',
  'scene:green',
  'scene:food',
  'scene:text',
  'scene:city',
  'scene:night',
] as const;

/** Colours whose share of the picture is measured; teal is counted as blue when words are asked. */
export const COLOURS = [
  ...(['black', 'gray', 'white', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const),
  ...(['pink', 'brown'] as const),
] as const;
export type Colour = (typeof COLOURS)[number];

const REST = [
  'scene:bw',
  ...COLOURS.filter((colour) => colour !== 'teal').map((colour) => `colour:${colour}`),
  'tone:dark',
  'tone:bright',
  'people:0',
  'people:1',
  'people:2',
  'people:3',
  'face',
  'smiling',
  // A patch of the colour, as a thing of it would be; asked for where a colour stands beside a thing.
  ...COLOURS.filter((colour) => colour !== 'teal').map((colour) => `thing:${colour}`),
];

/** Every concept, in the order of its values. A change of this list needs a new BUILT_IN_VERSION. */
export const CONCEPTS: readonly string[] = [...OBJECTS, ...SCENES, ...REST];

const INDEX = new Map(CONCEPTS.map((name, index) => [name, index]));

/** Place of a concept among the values. @throws Error for a name that is none */
export function conceptIndex(name: string): number {
  const index = INDEX.get(name);
  if (index === undefined) throw new Error(`no concept "${name}"`);
  return index;
}
