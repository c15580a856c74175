// Runs on any thread: what the built-in pack is called and which version of it this is.
import type { PackId } from '../../contract/index.ts';

/** The same name as library/ports.ts gives it. */
export const BUILT_IN_ID = 'built-in' as PackId;

/**
 * Raised whenever the same picture would get other values: converter, input, calibration, probes, order
 * of the concepts. Raising it makes every library fill its space again. Words do not count.
 */
export const BUILT_IN_VERSION = '3';

/** Raised when the converter writes other files; ready-made files of another version are made anew. */
export const CONVERSION_VERSION = '2';

/** Models of the built-in pack and the nodes it needs of each. */
export const MODEL_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  // heat map, box sizes, 3x3 maxima of the heat map, and two feature maps for the scene probes
  centernet: [
    'tower_0/keypoints',
    'tower_0/wh',
    'tower_0/max_pooling2d/MaxPool',
    'tower_0/extern1/hard_swish/mul_1',
    'tower_0/CenternetHead/mul',
  ],
  // score logits and boxes of 512 and 384 anchors
  blazeface: ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'],
  emotion: ['Identity'],
};

/** Length of all its files together: the conversion writes the same bytes everywhere. */
export const BUILT_IN_BYTES = 9_539_293;
