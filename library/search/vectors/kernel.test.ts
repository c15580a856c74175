// Tests of the kernel's bytes: they are what its source says.
import { expect, test } from 'vitest';
import { kernelBytes } from '../../../scripts/build-kernel.ts';
import { kernelBase64 } from './kernel-bytes.ts';

test('the bytes in the repository are those of kernel.wat', async () => {
  expect((await kernelBytes()).toString('base64')).toBe(kernelBase64);
});
