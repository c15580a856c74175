// Runs in tests: a library that is moved about: opened where it lies now, with fixture packs and files that take a while to copy.
import { createRouterClient, type RouterClient } from '@orpc/server';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MoveState } from '../../contract/index.ts';
import { type Library, openLibrary, type OpenLibraryOptions } from '../../library/library.ts';
import { locateLibrary } from '../../library/moving/places.ts';
import type { LibraryRouter } from '../../library/router.ts';
import { silentLog } from './fixture-library.ts';
import { createFixturePacks } from './fixture-packs.ts';

export interface Opened {
  readonly library: Library;
  readonly ask: RouterClient<LibraryRouter>;
}

/** Opens the library of a folder wherever it lies now, as every host does. Files are copied, also on one disk. */
export async function openWhereItLies(
  folder: string,
  options: Partial<OpenLibraryOptions> = {},
): Promise<Opened> {
  const library = await openLibrary({
    ...{ holder: 'a test', packs: createFixturePacks(), watch: false, log: silentLog },
    ...{ clock: { nowMs: () => Date.now() }, moving: { sharing: false } },
    ...options,
    folder: locateLibrary(folder).folder,
  });
  return { library, ask: createRouterClient(library.router) };
}

/** Follows a move until it has ended. @param onState - told every state that is seen */
export async function untilMoved(
  { ask }: Pick<Opened, 'ask'>,
  onState: (state: MoveState) => void = () => undefined,
): Promise<MoveState> {
  for await (const state of await ask.moving.state()) {
    if (state === null) continue;
    onState(state);
    if (state.state !== 'running') return state;
  }
  throw new Error('The state of the move ended before the move did.');
}

/** Files as a library has them beside its databases, with contents that no two of them share. */
export function fillLibrary(folder: string, files: number, bytesEach: number): void {
  for (let n = 0; n < files; n += 1) {
    const hash = n.toString(16).padStart(2, '0');
    const path = join(folder, 'previews', hash.slice(0, 2), `filled-${String(n)}.webp`);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, randomBytes(bytesEach));
  }
  mkdirSync(join(folder, 'packs', 'some-pack'), { recursive: true });
  writeFileSync(join(folder, 'packs', 'some-pack', 'model.onnx'), randomBytes(bytesEach));
  mkdirSync(join(folder, 'vectors'), { recursive: true });
  writeFileSync(join(folder, 'vectors', 'beef-filled.vectors'), randomBytes(bytesEach));
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'logs', 'afterimage.log.1'), 'a line\n');
}
