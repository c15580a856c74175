// Runs under Vitest: how many pictures go to an encoder at once.
import { expect, test } from 'vitest';
import { Pace } from './threaded-encoding.ts';

test('a fast encoder gets full batches, a slow one single pictures, whatever comes first', () => {
  const fast = new Pace(8);
  expect(fast.next()).toBe(2);
  fast.note(2, 60);
  expect(fast.next()).toBe(8);
  const slow = new Pace(8);
  slow.note(2, 1200);
  expect(slow.next()).toBe(1);
});

test('one message held up by other work does not change the pace much', () => {
  const pace = new Pace(8);
  pace.note(8, 240);
  pace.note(8, 640);
  expect(pace.next()).toBeGreaterThanOrEqual(7);
});

test('never more than the encoder asks for', () => {
  const pace = new Pace(2);
  pace.note(2, 2);
  expect(pace.next()).toBe(2);
});
