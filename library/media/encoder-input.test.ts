// Runs under Vitest: sizes, crops and paddings of encoder inputs.
import { describe, expect, it } from 'vitest';
import type { ImageInput } from '../ports.ts';
import { encoderInput, resizedSize } from './encoder-input.ts';

const input: ImageInput = {
  size: 8,
  resize: 'shortest-edge',
  interpolation: 'nearest',
  crop: 'center',
  padding: { rgb: [9, 8, 7], centred: true },
  alpha: 'white',
  colour: 'srgb',
};

const plain = (width: number, height: number) => ({
  rgb: new Uint8Array(width * height * 3).fill(200),
  width,
  height,
});

describe('encoderInput', () => {
  it('takes the floor of the long side, from the original and not from the base', () => {
    expect(resizedSize({ width: 4032, height: 3024 }, { ...input, size: 224 })).toEqual({
      width: 298,
      height: 224,
    });
    expect(resizedSize({ width: 147, height: 1000 }, { ...input, size: 224 })).toEqual({
      width: 224,
      height: 1523,
    });
    expect(resizedSize({ width: 1000, height: 147 }, { ...input, resize: 'longest-edge' })).toEqual({
      width: 8,
      height: 1,
    });
  });

  it('cuts the middle out of the shortest-edge size', () => {
    const base = plain(16, 8);
    for (let y = 0; y < 8; y++) base.rgb.fill(50, (y * 16 + 4) * 3, (y * 16 + 12) * 3);
    const found = encoderInput(base, { width: 160, height: 80 }, input);
    expect(found.content).toEqual({ left: 0, top: 0, width: 8, height: 8 });
    expect(found.rgb).toHaveLength(8 * 8 * 3);
    expect(new Set(found.rgb)).toEqual(new Set([50]));
  });

  it('pads the longest-edge size in the middle or at the end and says where the picture lies', () => {
    const wants = { ...input, resize: 'longest-edge', crop: 'none' } as const;
    const centred = encoderInput(plain(16, 8), { width: 16, height: 8 }, wants);
    expect(centred.content).toEqual({ left: 0, top: 2, width: 8, height: 4 });
    expect(Array.from(centred.rgb.subarray(0, 3))).toEqual([9, 8, 7]);
    expect(centred.rgb[2 * 8 * 3]).toBe(200);
    const atTop = encoderInput(
      plain(8, 16),
      { width: 8, height: 16 },
      { ...wants, padding: { rgb: [0, 0, 0], centred: false } },
    );
    expect(atTop.content).toEqual({ left: 0, top: 0, width: 4, height: 8 });
    expect(atTop.rgb[4 * 3]).toBe(0);
  });
});
