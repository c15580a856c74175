// Runs as `npm run demo`: a small library of drawn scenes and pages, indexed, and the interface with a query answered.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeDemoFilm } from '../test/fixtures/demo-film.ts';
import { demoQueries, drawDemo, openingQuery } from '../test/fixtures/demo-library.ts';
import { buildRenderer } from './building.ts';
import { isStale } from './freshness.ts';
import { projectFolder, run } from './tools.ts';

/** Where things that can be made again lie on this platform. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'afterimage');
  if (process.platform === 'win32') return join(local ?? tmpdir(), 'afterimage', 'Cache');
  return join(xdg === undefined || xdg === '' ? join(homedir(), '.cache') : xdg, 'afterimage');
}

const demo = process.env['AFTERIMAGE_DEMO'] ?? join(cacheFolder(), 'demo');
const pictures = join(demo, 'pictures');
const library = join(demo, 'library');
const launcher = join(projectFolder, 'bin', 'afterimage.js');
const open = !process.argv.includes('--no-open');

mkdirSync(pictures, { recursive: true });
const drawn = await drawDemo(pictures);
console.log(
  drawn > 0
    ? `Drew ${drawn} pictures in ${pictures}.`
    : `The drawn pictures of last time lie in ${pictures}.`,
);

if (!(await makeDemoFilm(pictures))) console.log('No film was made: there is no ffmpeg that can write one.');

const indexed = await run(process.execPath, [launcher, 'add', pictures, '--library', library]);
if (indexed !== 0) process.exit(indexed);

if (
  await isStale(
    projectFolder,
    ['renderer/**/*', 'contract/**/*.ts', 'vite.config.ts', 'package-lock.json'],
    join(projectFolder, 'dist', 'renderer', 'index.html'),
  )
) {
  console.log('Building the interface …');
  await buildRenderer();
}

console.log('\nThings to ask, in either language:');
for (const { en, ko, shows } of demoQueries) console.log(`  ${en.padEnd(18)} ${ko}  (${shows})`);
console.log('  marching band      marching band  (the film, at the second where it is said)');
console.log('');

const server = spawn(process.execPath, [launcher, 'serve', '--library', library, '--json'], {
  cwd: projectFolder,
  stdio: ['ignore', 'pipe', 'inherit'],
});
// Ctrl-C reaches the host as well; it ends itself and we with it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));
createInterface({ input: server.stdout }).once('line', (line) => {
  const { url } = JSON.parse(line) as { url: string };
  const address = withQuery(url, openingQuery.en);
  console.log(`The interface, with "${openingQuery.en}" answered: ${address}\n`);
  if (open) openInBrowser(address);
});
server.once('exit', (code) => {
  process.exitCode = code === 130 ? 0 : (code ?? 1);
});

/** The page reads what to ask from `q` in its address. */
function withQuery(url: string, query: string): string {
  const address = new URL(url);
  address.searchParams.set('q', query);
  return address.href;
}

/** By the platform's own opener. Where there is none, the printed address stays. */
function openInBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', url],
  };
  const [program, ...args] = openers[process.platform] ?? ['xdg-open', url];
  const opener = spawn(program, args, { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log('Open the address in a browser: none could be started here.'));
  opener.unref();
}
