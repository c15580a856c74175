// Runs on the engine's thread: where a place of a name lies, from data in the app. Serves the query language.
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { koreanPlaces } from './places-korean.ts';
import type { Place } from './read-filter.ts';

export interface City {
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly population: number;
  readonly latitude: number;
  readonly longitude: number;
}

export type Places = ReturnType<typeof createPlaces>;

/** Reads no city before the first query that names a place. */
export function createPlaces() {
  let byName: Map<string, City[]> | null = null;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    const url = new URL(`./places-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
    const worker = new Worker(url, { name: 'places' });
    const [cities] = (await once(worker, 'message')) as [City[]];
    await worker.terminate();
    const found = new Map<string, City[]>();
    for (const city of cities) {
      const key = plain(city.name);
      found.set(key, [...(found.get(key) ?? []), city]);
    }
    byName = found;
  };

  return {
    /** To be awaited before a query with a place is read; until then no place is known. */
    async ready(): Promise<void> {
      reading ??= read();
      try {
        await reading;
      } catch (error) {
        reading = null;
        throw error;
      }
    },
    /**
     * The largest city of a name, in English or in its own letters without accents, or in Korean; a country
     * may follow a comma: `Paris, US`.
     */
    find(said: string): Place | null {
      const [wanted = '', country = ''] = said.split(',').map((part) => part.trim());
      const name = plain(koreanPlaces[wanted.replace(/(?:특별|광역|특별자치)?시$/u, '')] ?? wanted);
      const cities = (byName?.get(name) ?? byName?.get(`${name} city`) ?? []).filter(
        (city) => country === '' || isCountry(city.country, country),
      );
      const city = cities.toSorted((a, b) => b.population - a.population)[0];
      if (city === undefined) return null;
      const { latitude, longitude, population } = city;
      return { name: `${city.name}, ${city.country}`, latitude, longitude, kilometres: reachOf(population) };
    },
  };
}

/** How far from its middle a city still counts: its suburbs, not its neighbours. */
function reachOf(population: number): number {
  if (population >= 1_000_000) return 30;
  return population >= 100_000 ? 20 : 12;
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[-’'.]/gu, ' ')
    .replace(/\s+/gu, ' ');

const countryNames = ['en', 'ko'].map((language) => new Intl.DisplayNames(language, { type: 'region' }));

const isCountry = (code: string, said: string): boolean =>
  [code, ...countryNames.map((names) => names.of(code) ?? '')].some((name) => plain(name) === plain(said));
