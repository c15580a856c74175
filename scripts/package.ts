// Runs as `npm run package [-- --dir]`: builds the app and packs it; with --dir also checks and prints what is in it.
// Where Electron's binary cannot be had, `--dir` packs around a made-up one: the lists are real, the program is not.
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBuiltIn } from '../native-models/built-in/build.ts';
import { sourceFolder } from '../native-models/built-in/models.ts';
import { buildAll } from './building.ts';
import { buildAppIcon } from './icons.ts';
import { findDesktop } from './desktop.ts';
import { missingParts, packagedFiles, packagingFaults, sizesByPart } from './package-contents.ts';
import { projectFolder, run } from './tools.ts';

/** Where the fuses stand in Electron's binary: this text, a version, a count, one byte a fuse (electron/fuses). */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_COUNT = 9;

async function madeUpElectron(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'made-up-electron-'));
  const { version } = JSON.parse(
    await readFile(join(projectFolder, 'node_modules', 'electron', 'package.json'), 'utf8'),
  ) as { version: string };
  const program = Buffer.concat([
    Buffer.from(FUSES),
    Buffer.of(1, FUSE_COUNT),
    Buffer.from('1'.repeat(FUSE_COUNT)),
  ]);
  await writeFile(join(folder, 'electron'), program, { mode: 0o755 });
  await writeFile(join(folder, 'version'), version);
  return folder;
}

function printContents(out: string): number {
  const resources = join(out, 'resources');
  const files = packagedFiles(resources);
  const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1).padStart(8)} MB`;
  for (const [part, bytes] of sizesByPart(files)) if (bytes > 200_000) console.log(`${mega(bytes)}  ${part}`);
  for (const where of ['archive', 'unpacked', 'resource'] as const) {
    const there = files.filter((file) => file.where === where);
    console.log(`${mega(there.reduce((sum, { bytes }) => sum + bytes, 0))}  ${where}: ${there.length} files`);
  }
  const program = readFileSync(join(out, 'afterimage'));
  const at = program.indexOf(FUSES) + FUSES.length;
  const fuses = program.subarray(at + 2, at + 2 + (program[at + 1] ?? 0)).toString('latin1');
  console.log(`Fuses (0 off, 1 on): ${fuses}`);
  const faults = packagingFaults(files, process.platform, process.arch);
  // runAsNode, cookies encrypted, NODE_OPTIONS, --inspect, integrity, archive only, snapshot, file: privileges.
  if (!fuses.startsWith('01001100')) faults.push(`the fuses are ${fuses}, not 01001100`);
  const missing = missingParts(files);
  if (process.env['AFTERIMAGE_RELEASE'] === '1') faults.push(...missing.map((name) => `${name} is missing`));
  else for (const name of missing) console.log(`Not in it here: ${name}.`);
  for (const fault of faults) console.error(`Fault: ${fault}.`);
  return faults.length === 0 ? 0 : 1;
}

const args = process.argv.slice(2);
const pretending = args.includes('--dir') && process.platform === 'linux' && 'missing' in findDesktop();
const electron = pretending ? await madeUpElectron() : null;
try {
  const built = await buildAll();
  if (built !== 0) process.exit(built);
  const models = join(projectFolder, 'resources', 'built-in');
  await mkdir(models, { recursive: true });
  await buildBuiltIn(sourceFolder(), models);
  await buildAppIcon(join(projectFolder, 'resources', 'icon.png'));
  const builder = join(projectFolder, 'node_modules', 'electron-builder', 'cli.js');
  const own = electron === null ? [] : [`-c.electronDist=${electron}`];
  process.exitCode = await run(process.execPath, [
    builder,
    ...(args.includes('--publish') ? [] : ['--publish', 'never']),
    ...args,
    ...own,
  ]);
  if (process.exitCode === 0 && args.includes('--dir') && process.platform === 'linux')
    process.exitCode = printContents(join(projectFolder, 'release', 'linux-unpacked'));
} finally {
  if (electron !== null) rmSync(electron, { recursive: true, force: true });
}
