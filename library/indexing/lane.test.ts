// Unit tests of a lane: bounded work in flight, none twice, nothing lost when it is stopped.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ItemId } from '../../contract/index.ts';
import { subjectOf, type WaitingStep } from '../database/steps.ts';
import { createGate } from './gate.ts';
import { createLane } from './lane.ts';

function queueOf(count: number) {
  const waiting = new Map<number, WaitingStep>();
  for (let id = 1; id <= count; id++)
    waiting.set(id, { stepId: 1000 + id, name: 'describe', scope: '', fileId: null, itemId: id as ItemId });
  return {
    waiting,
    take: (limit: number, inFlight: ReadonlySet<number>) =>
      [...waiting.values()].filter((step) => !inFlight.has(subjectOf(step))).slice(0, limit),
  };
}

it('does every step once and never more at a time than its limit', async () => {
  const queue = queueOf(40);
  const done: number[] = [];
  let atOnce = 0;
  let most = 0;
  const lane = createLane({
    gate: createGate(() => undefined),
    limit: 3,
    take: queue.take,
    run: async (step) => {
      most = Math.max(most, ++atOnce);
      await sleep(1);
      atOnce--;
      queue.waiting.delete(subjectOf(step));
      done.push(subjectOf(step));
    },
    onTurn: () => undefined,
  });
  lane.resume();
  await expect.poll(() => queue.waiting.size).toBe(0);
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(most).toBe(3);
});

it('starts nothing before it is resumed, and after stop leaves what is not done in the queue', async () => {
  const queue = queueOf(10);
  let started = 0;
  const lane = createLane({
    gate: createGate(() => undefined),
    limit: 2,
    take: queue.take,
    run: async (_step, signal) => {
      started++;
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    },
    onTurn: () => undefined,
  });
  lane.wake();
  expect(started).toBe(0);
  lane.resume();
  expect(started).toBe(2);
  await lane.stop();
  expect(lane.busy()).toBe(false);
  expect(started).toBe(2);
  expect(queue.waiting.size).toBe(10);
});

it('takes the work up again after a stop', async () => {
  const queue = queueOf(4);
  const lane = createLane({
    gate: createGate(() => undefined),
    limit: 2,
    take: queue.take,
    run: async (step, signal) => {
      await sleep(1);
      if (!signal.aborted) queue.waiting.delete(subjectOf(step));
    },
    onTurn: () => undefined,
  });
  lane.resume();
  await lane.stop();
  lane.resume();
  await expect.poll(() => queue.waiting.size).toBe(0);
});
