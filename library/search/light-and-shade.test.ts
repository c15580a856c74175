// Tests of telling a darker or paler copy from another picture by thumbhashes.
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { beforeAll, expect, test } from 'vitest';
import { render } from '../../test/fixtures/render.ts';
import { drawScene } from '../../test/fixtures/scenes.ts';
import { sameShade } from './light-and-shade.ts';

async function hashOf(picture: Sharp): Promise<Uint8Array> {
  const small = picture.resize(100, 100, { fit: 'inside' }).ensureAlpha().raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return rgbaToThumbHash(info.width, info.height, data);
}

let clock: Buffer;
let bottle: Buffer;
beforeAll(async () => {
  clock = await render(drawScene('clock', 'red wall'), { edge: 600 });
  bottle = await render(drawScene('bottle', 'table'), { edge: 600 });
});

test.each([
  ['much darker', (picture: Sharp) => picture.linear(0.3, 0)],
  ['paler', (picture: Sharp) => picture.linear(0.6, 90)],
  ['smaller', (picture: Sharp) => picture.resize(240)],
  [
    'smaller, darker, and in JPEG of low quality',
    (p: Sharp) => p.resize(240).linear(0.4, 0).jpeg({ quality: 50 }),
  ],
])('a copy that is %s has the same light and shade', async (_, change) => {
  const copy = await change(sharp(clock)).toBuffer();
  expect(sameShade(await hashOf(sharp(clock)), await hashOf(sharp(copy)))).toBe(true);
});

test('another picture, a negative and one of another shape have not', async () => {
  const own = await hashOf(sharp(clock));
  const others = [
    sharp(bottle),
    sharp(clock).negate({ alpha: false }),
    sharp(clock).extract({ left: 0, top: 0, width: 200, height: 400 }),
  ];
  for (const other of others)
    expect(sameShade(own, await hashOf(sharp(await other.png().toBuffer())))).toBe(false);
});
