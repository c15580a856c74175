// Tests of the vectors in memory: exact where few, nearly exact where many, whatever comes and goes.
import { expect, test } from 'vitest';
import { direction, seeded, unit } from '../../../test/support/fixture-encoder.ts';
import { createVectorStore, EXACT_SCAN_LIMIT } from './vector-store.ts';

const DIMENSIONS = 128;

test('twelve bits a dimension keep cosines to a few ten thousandths, also for vectors of few large values', () => {
  const store = createVectorStore(512);
  const vectors = [
    direction('a', 512),
    direction('b', 512),
    unit(Float32Array.from({ length: 512 }, (_, i) => (i === 7 ? 1 : 0.001))),
  ];
  for (const [slot, vector] of vectors.entries()) store.set(slot, vector);
  for (const query of [...vectors, direction('c', 512)]) {
    const prepared = store.prepare(query);
    for (const [slot, vector] of vectors.entries()) {
      const exact = vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0);
      expect(Math.abs(store.cosine(prepared, slot) - exact)).toBeLessThan(0.0005);
    }
  }
});

test('a removed slot is taken by the last one, and the mean follows', () => {
  const store = createVectorStore(4);
  const [x, y, z] = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ].map((v) => Float32Array.from(v));
  store.set(0, x!);
  store.set(1, y!);
  store.set(2, z!);
  store.remove(0);
  expect(store.count()).toBe(2);
  expect(store.cosine(store.prepare(z!), 0)).toBeCloseTo(1);
  expect([...store.mean()].map((value) => Math.round(value * 10))).toEqual([0, 5, 5, 0]);
});

test('above the limit codes bring the true nearest to the front, among hard clusters and behind filters too', () => {
  const store = createVectorStore(DIMENSIONS);
  const random = seeded('crowd');
  const centres = Array.from({ length: 300 }, (_, i) => direction(`centre ${i}`, DIMENSIONS));
  const near = (centre: Float32Array) => unit(centre.map((value) => value + (random() - 0.5) * 0.15));
  const many = EXACT_SCAN_LIMIT + 4000;
  for (let slot = 0; slot < many; slot++) store.set(slot, near(centres[slot % 300]!));
  for (let i = 0; i < 1000; i++) store.remove((i * 7) % store.count());
  const allowed = Uint8Array.from({ length: store.count() }, (_, slot) => (slot % 20 === 0 ? 0 : 1));
  let hits = 0;
  for (let q = 0; q < 10; q++) {
    const query = near(centres[q * 13]!);
    const prepared = store.prepare(query);
    const { slots, exact } = store.nearestFirst(query, allowed);
    expect(exact).toBe(false);
    expect(slots.some((slot) => slot % 20 === 0)).toBe(false);
    const cosines = new Map(Array.from(slots, (slot) => [slot, store.cosine(prepared, slot)]));
    const best = [...slots].sort((a, b) => cosines.get(b)! - cosines.get(a)!).slice(0, 100);
    const front = new Set(slots.subarray(0, 8192));
    hits += best.filter((slot) => front.has(slot)).length;
  }
  expect(hits / 1000).toBeGreaterThan(0.99);
});

test('a selective filter leaves few, and these are all compared', () => {
  const store = createVectorStore(DIMENSIONS);
  for (let slot = 0; slot < EXACT_SCAN_LIMIT + 10; slot++)
    store.set(slot, direction(`v${slot % 50}`, DIMENSIONS));
  const allowed = new Uint8Array(store.count());
  allowed[5] = 1;
  allowed[20_005] = 1;
  const { slots, exact } = store.nearestFirst(direction('q', DIMENSIONS), allowed);
  expect([exact, ...slots]).toEqual([true, 5, 20_005]);
});

test('rows in a file answer as rows in memory do, while they are changed and removed', () => {
  const [memory, file] = [createVectorStore(DIMENSIONS), createVectorStore(DIMENSIONS, 100 * 272)];
  for (const store of [memory, file]) {
    for (let slot = 0; slot < 500; slot++) store.set(slot, direction(`v${slot}`, DIMENSIONS));
    for (let i = 0; i < 200; i++) store.remove((i * 7) % store.count());
    for (let i = 0; i < 50; i++) store.set(i * 3, direction(`again ${i}`, DIMENSIONS));
    for (let i = 0; i < 50; i++) store.set(store.count(), direction(`late ${i}`, DIMENSIONS));
  }
  expect([memory.onDisk(), file.onDisk()]).toEqual([false, true]);
  const slots = Int32Array.from({ length: memory.count() }, (_, slot) => slot);
  const query = memory.prepare(direction('q', DIMENSIONS));
  expect(file.cosines(query, slots)).toEqual(memory.cosines(query, slots));
  file.close();
});

test('one vector after another is compared with the last few that were kept', () => {
  const store = createVectorStore(DIMENSIONS);
  for (let slot = 0; slot < 6; slot++) store.set(slot, direction(`v${slot}`, DIMENSIONS));
  const recent = store.recent(3);
  const plain = (slot: number, others: readonly number[]) =>
    store.cosines(store.preparedOf(slot), Int32Array.from(others));
  expect(recent.compare(0)).toHaveLength(0);
  for (let slot = 0; slot < 5; slot++) {
    recent.compare(slot);
    recent.keep();
  }
  expect(recent.compare(5)).toEqual(plain(5, [2, 3, 4]));
  for (const [i, value] of store.vectorOf(5).entries())
    expect(value).toBeCloseTo(direction('v5', DIMENSIONS)[i] ?? 0, 3);
});
