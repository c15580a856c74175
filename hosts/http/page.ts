// Runs in the HTTP host: the built interface, and not one file beside it.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export interface PageFile {
  readonly type: string;
  readonly caching: string;
  read(): Promise<Buffer>;
}

/** Files of the interface by their path in an address (`/`, `/assets/index-x.js`). */
export type Page = ReadonlyMap<string, PageFile>;

/** Where the build puts the interface: dist/renderer, beside or above this file, from sources or built. */
export function builtPageFolder(): string {
  const ofBuilt = join(import.meta.dirname, '..', '..', 'renderer');
  const ofSources = join(import.meta.dirname, '..', '..', 'dist', 'renderer');
  return existsSync(join(ofSources, 'index.html')) ? ofSources : ofBuilt;
}

/**
 * Lists what may be asked for. An address is looked up in this list and never made into a path, so that
 * nothing outside the folder can be reached however it is spelt; symbolic links are left out.
 *
 * @returns empty when the interface was not built
 */
export async function listPage(folder: string): Promise<Page> {
  const page = new Map<string, PageFile>();
  if (!existsSync(join(folder, 'index.html')) || existsSync(join(folder, 'main.tsx'))) return page;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const address = '/' + relative(folder, path).split(sep).join('/');
    // The build names assets by their content; what keeps its name is asked for anew.
    const caching = address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    page.set(address, { type, caching, read: () => readFile(path) });
  }
  const index = page.get('/index.html');
  if (index !== undefined) page.set('/', index);
  return page;
}
