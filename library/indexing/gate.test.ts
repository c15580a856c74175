// Runs under Vitest: the rest after work, and who is woken when it is over.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGate } from './gate.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('with all of the machine there is no rest', () => {
  const gate = createGate(() => undefined);
  gate.worked(1_000);
  expect([gate.isOpen(), gate.limit(20)]).toEqual([true, 20]);
});

test('with half of it the rest is as long as the work, with a fifth four times as long', () => {
  let opened = 0;
  const gate = createGate(() => (opened += 1));
  for (const [effort, restMs, limit] of [
    ['half', 1_000, 10],
    ['quiet', 4_000, 4],
  ] as const) {
    opened = 0;
    gate.set(effort);
    expect(gate.limit(20)).toBe(limit);
    gate.worked(1_000);
    expect(gate.isOpen()).toBe(false);
    vi.advanceTimersByTime(restMs - 10);
    expect([gate.isOpen(), opened]).toEqual([false, 0]);
    vi.advanceTimersByTime(20);
    expect([gate.isOpen(), opened]).toEqual([true, 1]);
  }
});

test('the longest of what was worked together decides, a film holds nothing up for minutes', () => {
  const gate = createGate(() => undefined);
  gate.set('quiet');
  gate.worked(1_000);
  gate.worked(100);
  vi.advanceTimersByTime(3_900);
  expect(gate.isOpen()).toBe(false);
  gate.worked(600_000);
  vi.advanceTimersByTime(30_001);
  expect(gate.isOpen()).toBe(true);
});

test('asking for all of the machine again ends the rest', () => {
  let opened = 0;
  const gate = createGate(() => (opened += 1));
  gate.set('quiet');
  gate.worked(1_000);
  gate.set('full');
  expect([gate.isOpen(), opened]).toEqual([true, 1]);
});

test('while someone asks, one step of each sort is in flight, and soon after all of them again', () => {
  const gate = createGate(() => undefined);
  gate.giveWay();
  expect([gate.isOpen(), gate.limit(20)]).toEqual([true, 1]);
  vi.advanceTimersByTime(590);
  expect(gate.limit(20)).toBe(1);
  vi.advanceTimersByTime(20);
  expect(gate.limit(20)).toBe(20);
});
