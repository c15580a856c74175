// Runs in the page: the outlines of the world's countries, in the app itself: no map is asked for anywhere.
import { feature, mesh } from 'topojson-client';

/** Pairs of longitude and latitude, one after the other. */
export type Line = Float32Array;

export interface Shape {
  readonly lines: readonly Line[];
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
}

export interface World {
  /** Countries' areas, each with its holes. */
  readonly land: readonly Shape[];
  /** Lines between countries. */
  readonly borders: readonly Shape[];
}

type Position = readonly number[];

function shapeOf(rings: readonly (readonly Position[])[]): Shape {
  const lines = rings.map((ring) => Float32Array.from(ring.flatMap(([x = 0, y = 0]) => [x, y])));
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [x = 0, y = 0] of rings.flat()) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return { lines, box: [west, south, east, north] };
}

async function read(): Promise<World> {
  // Natural Earth's countries at 1:50 million (public domain), only when a map is looked at.
  const file = await import('world-atlas/countries-50m.json');
  type Atlas = Parameters<typeof mesh>[0];
  const atlas = file.default as unknown as Atlas;
  const countries = atlas.objects['countries'];
  if (countries?.type !== 'GeometryCollection') throw new Error('The outlines hold no countries.');
  const { features } = feature(atlas, countries);
  const land = features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return [shapeOf(geometry.coordinates)];
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.map(shapeOf);
    return [];
  });
  const between = mesh(atlas, countries as Parameters<typeof mesh>[1], (a, b) => a !== b);
  return { land, borders: between.coordinates.map((line) => shapeOf([line])) };
}

let world: Promise<World> | null = null;

export function readWorld(): Promise<World> {
  world ??= read();
  return world;
}
