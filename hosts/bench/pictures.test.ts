// Runs under Vitest: the bench's own pictures, read back by the library that decodes everything else.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { assembleJpeg, encodeRows } from './jpeg-writer.ts';
import { largePictures, photoLike, smallPictures } from './pictures.ts';

test('what the writer wrote is read back nearly as it was', async () => {
  const drawn = photoLike(96, 64, 7);
  // Grey: colours that no screen has would be cut, and their brightness with them.
  const planes = { ...drawn, cb: drawn.cb.fill(128), cr: drawn.cr.fill(128) };
  const source = encodeRows(planes, 95);
  const jpeg = assembleJpeg(
    source,
    source.rows.map((_, row) => row),
  );
  // Brightness is what a grey rendering shows: compare it alone.
  const grey = await sharp(jpeg, { failOn: 'warning' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([grey.info.width, grey.info.height]).toEqual([96, 64]);
  const worst =
    planes.y.reduce((sum, value, at) => sum + Math.abs(value - grey.data[at]!), 0) / planes.y.length;
  expect(worst).toBeLessThan(4);
});

test('rows may be put together in any order', async () => {
  const planes = photoLike(64, 48, 3);
  const source = encodeRows(planes, 90);
  const straight = await sharp(assembleJpeg(source, [0, 1, 2]))
    .raw()
    .toBuffer();
  const turned = await sharp(assembleJpeg(source, [2, 0, 1]))
    .raw()
    .toBuffer();
  const row = 64 * 3 * 16;
  // Smoothing of the colours reaches one line into the neighbour; the middle of a row does not change.
  expect(turned.subarray(row + 600, row + 1200)).toEqual(straight.subarray(600, 1200));
});

test('pictures of other numbers differ, of the same number do not', async () => {
  const source = smallPictures();
  const digest = (index: number) => createHash('sha256').update(source.make(index)).digest('hex');
  expect(new Set(Array.from({ length: 500 }, (_, index) => digest(index))).size).toBe(500);
  expect(digest(4)).toBe(createHash('sha256').update(smallPictures().make(4)).digest('hex'));
  for (let index = 0; index < 20; index++) {
    const { width, height } = await sharp(source.make(index), { failOn: 'warning' }).metadata();
    for (const edge of [width, height]) expect(edge >= 64 && edge <= 256).toBe(true);
  }
});

test('large pictures have the pixels asked for', async () => {
  const { width, height } = await sharp(largePictures(0.3).make(3)).metadata();
  expect((width * height) / 0.3e6).toBeCloseTo(1, 1);
});
