// Runs under Vitest: where the window was last time, with a double of the window and real files.
import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberBounds, rememberedBounds } from './bounds.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounds-'));
  path = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function close(bounds: typeof screen, maximized = false): void {
  const window = Object.assign(new EventEmitter(), {
    getNormalBounds: () => bounds,
    isMaximized: () => maximized,
  });
  rememberBounds(window as never, path);
  window.emit('close');
}

test('the window opens where it was closed', () => {
  close({ x: 100, y: 50, width: 900, height: 700 }, true);
  expect(rememberedBounds(path, [screen])).toEqual({
    x: 100,
    y: 50,
    width: 900,
    height: 700,
    maximized: true,
  });
  expect(readdirSync(folder)).toEqual(['window.json']);
});

test('not where no screen is any more, nor with its top out of reach', () => {
  close({ x: 2500, y: 50, width: 900, height: 700 });
  expect(rememberedBounds(path, [screen])).toBeNull();
  expect(rememberedBounds(path, [screen, { ...screen, x: 1920 }])).not.toBeNull();
  close({ x: 100, y: -300, width: 900, height: 700 });
  expect(rememberedBounds(path, [screen])).toBeNull();
});

test.each(['', '{"x":1}', '{"x":"1","y":1,"width":1,"height":1,"maximized":false}'])(
  '%s is nothing',
  (text) => {
    writeFileSync(path, text);
    expect(rememberedBounds(path, [screen])).toBeNull();
  },
);

test('a folder that is away stops nothing', () => {
  rmSync(folder, { recursive: true });
  close(screen);
  expect(rememberedBounds(path, [screen])).toBeNull();
});
