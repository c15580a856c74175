// Runs in tests: temporary folders with small real pictures of one colour each.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { render, type PictureFormat } from '../fixtures/render.ts';

export type Colour = 'red' | 'green' | 'blue' | 'yellow' | 'white' | 'black';

const hex: Readonly<Record<Colour, string>> = {
  ...{ red: '#dc1e1e', green: '#28a032', blue: '#2846d2' },
  ...{ yellow: '#f0dc32', white: '#fafafa', black: '#0a0a0a' },
};

/** A temporary folder that removes itself: `using folder = temporaryFolder()`. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'afterimage-test-')));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A picture of one colour; `mark` makes its bytes differ from others of that colour. */
export async function writePicture(
  path: string,
  colour: Colour,
  mark = path,
  format: PictureFormat = 'jpeg',
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  let hash = 0;
  for (const letter of mark) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="96" height="64" fill="${hex[colour]}"/><rect x="${String(hash % 90)}" y="${String(hash % 60)}" width="2" height="2" fill="#777"/></svg>`;
  writeFileSync(path, await render(svg, { format, tags: { title: mark.slice(-40) } }));
}
