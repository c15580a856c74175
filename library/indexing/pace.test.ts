// Unit tests of the pace: the rate that a person is told.
import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

it('gives the rate of the last seconds, not of the whole run', () => {
  let nowMs = 0;
  const pace = createPace({ nowMs: () => nowMs });
  pace.begin();
  const workFor = (seconds: number, perSecond: number): void => {
    for (let i = 0; i < seconds * perSecond; i++) {
      nowMs += 1000 / perSecond;
      pace.finished();
    }
  };
  workFor(60, 2);
  expect(pace.rate()).toBeCloseTo(2, 0);
  workFor(30, 20);
  expect(pace.rate()).toBeCloseTo(20, 0);
});

it('falls while nothing is finished', () => {
  let nowMs = 0;
  const pace = createPace({ nowMs: () => nowMs });
  pace.begin();
  for (let i = 0; i < 100; i++) {
    nowMs += 100;
    pace.finished();
  }
  const before = pace.rate();
  nowMs += 10_000;
  expect(pace.rate()).toBeLessThan(before * 0.7);
});

it('does not count the time in which there was nothing to do', () => {
  let nowMs = 0;
  const pace = createPace({ nowMs: () => nowMs });
  for (const idleMs of [60_000, 600_000]) {
    nowMs += idleMs;
    expect(pace.rate()).toBe(0);
    pace.begin();
    nowMs += 500;
    pace.finished();
    expect(pace.rate()).toBeCloseTo(2);
    pace.reset();
  }
});

it('counts from nought after a reset', () => {
  let nowMs = 0;
  const pace = createPace({ nowMs: () => nowMs });
  pace.begin();
  nowMs = 500;
  pace.finished();
  pace.reset();
  expect(pace.done()).toBe(0);
  expect(pace.rate()).toBe(0);
});
