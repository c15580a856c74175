// Read by the linter and the tests: who may import whom, as pure functions over paths and specifiers.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { broughtPackages, productPackages, testPackages, tests, type Place } from './packages.ts';

/** One import as it stands in a file. Paths are below the project's folder, with forward slashes. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** `import type …` or `export type … from`: gone when the program runs. */
  readonly typeOnly: boolean;
}

interface Room {
  /** Rooms whose modules this one may import, beside itself. */
  readonly imports: readonly string[];
  /** Single modules of other rooms of which this one may import the types. */
  readonly types?: readonly string[];
}

/** The rooms of the house, from the ground up. */
export const rooms: Readonly<Record<string, Room>> = {
  contract: { imports: [] },
  library: { imports: ['contract'] },
  'native-models': { imports: ['contract'], types: ['library/ports.ts'] },
  hosts: { imports: ['contract', 'library', 'native-models'] },
  main: { imports: ['contract'] },
  preload: { imports: ['contract'] },
  renderer: { imports: ['contract'] },
  test: {
    imports: [
      'contract',
      'library',
      'native-models',
      'hosts',
      'main',
      'preload',
      'renderer',
      'scripts',
      'bin',
    ],
  },
  scripts: { imports: ['contract', 'library', 'native-models', 'test'] },
  bin: { imports: [] },
};

/** Rooms that a test of any other room may reach into: fixtures, tools, launchers. */
const testsMayReach = ['test', 'scripts', 'bin'];

export const roomOf = (path: string): string => path.split('/', 1)[0] ?? '';

export const isTest = (path: string): boolean =>
  /\.(test|bench)\.tsx?$/.test(path) || path.startsWith('test/');

/** `@scope/name/sub` and `name/sub` as `@scope/name` and `name`. */
export const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const within = (path: string, place: Place): boolean =>
  typeof place === 'string'
    ? path === place
    : place.some((one) => {
        if (one === tests) return isTest(path);
        return one.endsWith('/') ? path.startsWith(one) : path === one;
      });

/** What of the contract a page may take in as more than types: modules without schemas, whose library is large. */
const contractInPages = [
  'contract/command-facts.ts',
  'contract/concept-words.ts',
  'contract/cut-off.ts',
  'contract/layout.ts',
  'contract/strip.ts',
];

const sayPlace = (place: Place): string => (typeof place === 'string' ? place : place.join(', '));

/** What a relative specifier points to, below the project's folder. */
export const targetOf = (one: Import): string =>
  posix.normalize(posix.join(posix.dirname(one.from), one.specifier.replace(/[?#].*$/, '')));

function judgeInside(one: Import): string | null {
  const target = targetOf(one);
  const [here, there] = [roomOf(one.from), roomOf(target)];
  if (here === there || !(here in rooms)) return null;
  if (here === 'renderer' && there === 'contract' && !one.typeOnly && !isTest(one.from))
    return contractInPages.includes(target)
      ? null
      : `${one.from} imports ${target}, but a page takes in types and ${contractInPages.join(', ')} only`;
  const room = rooms[here];
  if (room === undefined || room.imports.includes(there)) return null;
  if (one.typeOnly && room.types?.includes(target) === true) return null;
  if (isTest(one.from) && testsMayReach.includes(there)) return null;
  return `${one.from} imports ${target}, but ${here}/ may import ${[...room.imports, ...(room.types ?? [])].join(', ') || 'nobody'} only`;
}

function judgeOutside(one: Import): string | null {
  const name = packageOf(one.specifier);
  const product = productPackages[name];
  const testing = testPackages[name] ?? broughtPackages[name];
  if (product === undefined && testing === undefined)
    return `${one.from} imports ${name}, which test/architecture/packages.ts does not list`;
  // Types of a package weigh nothing, save those of the shell: nobody else is to know that it is there.
  const weightless = one.typeOnly && name !== 'electron';
  if (product !== undefined && (within(one.from, product) || weightless)) return null;
  if (testing !== undefined && within(one.from, testing)) return null;
  if (product !== undefined && isTest(one.from) && name !== 'electron') return null;
  return `${one.from} imports ${name}, which belongs into ${sayPlace(product ?? testing ?? '')} only`;
}

/** What is wrong with an import, in a sentence without a full stop; null when it keeps the house's rules. */
export function judgeImport(one: Import): string | null {
  if (one.specifier.startsWith('.')) return judgeInside(one);
  if (one.specifier.startsWith('node:')) {
    const page = roomOf(one.from) === 'renderer' && !isTest(one.from);
    return page ? `${one.from} imports ${one.specifier}, but a page has no Node` : null;
  }
  if (isBuiltin(one.specifier))
    return roomOf(one.from) === 'bin' ? null : `${one.from} imports ${one.specifier} without node: before it`;
  if (/^(virtual:|\/|https?:|data:)/.test(one.specifier))
    return `${one.from} imports ${one.specifier}, which is neither ours nor a package`;
  return judgeOutside(one);
}
