// Runs as `npm start`: the desktop app where its shell is installed, else the same interface in a browser.
import { join } from 'node:path';
import { buildAll, buildRenderer } from './building.ts';
import { findDesktop } from './desktop.ts';
import { isStale } from './freshness.ts';
import { projectFolder, run } from './tools.ts';

const pageSources = ['renderer/**/*', 'contract/**/*.ts', 'vite.config.ts', 'package-lock.json'];
const engineSources = ['{contract,library,native-models,hosts,main,preload}/**/*', 'tsconfig*.json'];

const args = process.argv.slice(2);
const built = (path: string): string => join(projectFolder, 'dist', path);
const desktop = findDesktop();
const pageIsStale = await isStale(projectFolder, pageSources, built('renderer/index.html'));

if ('program' in desktop) {
  if (pageIsStale || (await isStale(projectFolder, engineSources, built('main/main.js')))) {
    console.log('Building Afterimage …');
    const failed = await buildAll();
    if (failed !== 0) process.exit(failed);
  }
  process.exitCode = await run(desktop.program, [projectFolder, ...args]);
} else {
  if (pageIsStale) {
    console.log('Building the interface …');
    await buildRenderer();
  }
  console.log(`Opening Afterimage in the browser, because ${desktop.missing}.`);
  const launcher = join(projectFolder, 'bin', 'afterimage.js');
  process.exitCode = await run(process.execPath, [launcher, 'serve', '--open', ...args]);
}
