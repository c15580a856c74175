// Tests that links to moments are read as they are written, and that nothing else is taken for one.
import { expect, test } from 'vitest';
import { clock } from './clock.ts';
import { linkIn } from './link.ts';

const hash = 'ab'.repeat(32);

test('a link names a content and a second', () => {
  expect(linkIn(`http://127.0.0.1:4000/?item=${hash}&t=12.3`)).toEqual({ hash, startMs: 12_300 });
  expect(linkIn(`app://afterimage/?item=${hash}`)).toEqual({ hash, startMs: 0 });
});

test('what names no content is no link, and a bad second is the beginning', () => {
  expect(linkIn('http://127.0.0.1:4000/?q=cat')).toBeNull();
  expect(linkIn('http://127.0.0.1:4000/?item=12&t=3')).toBeNull();
  expect(linkIn(`http://127.0.0.1:4000/?item=${hash}&t=-3`)?.startMs).toBe(0);
  expect(linkIn(`http://127.0.0.1:4000/?item=${hash}&t=soon`)?.startMs).toBe(0);
});

test('times are written as people write them', () => {
  expect([7_400, 61_000, 3_723_000].map((ms) => clock(ms))).toEqual(['0:07', '1:01', '1:02:03']);
  expect(clock(62_540, true)).toBe('1:02.5');
});
