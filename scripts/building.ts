// Runs in scripts: builds the page by Vite, the bridge bundled for the sandbox, the rest by tsc, into dist/.
import { copyFile, glob, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build as bundle } from 'vite';
import { voiceModelPath } from '../native-models/speech/voices.ts';
import { buildIcons } from './icons.ts';
import { projectFolder, runTool } from './tools.ts';

/** What the built engine reads beside its code: lexicons, probes, licences of packs. */
const dataFiles = '{contract,library,native-models,hosts,main}/**/*.{json,txt,md,svg,wasm}';

/** Builds the page into dist/renderer. */
export async function buildRenderer(): Promise<void> {
  await bundle({ configFile: join(projectFolder, 'vite.config.ts'), logLevel: 'warn' });
}

/**
 * Builds the bridge into dist/preload/preload.cjs. A sandboxed preload script is CommonJS and can
 * require little more than electron, so it becomes one file.
 */
export async function buildPreload(): Promise<void> {
  await bundle({
    root: join(projectFolder, 'preload'),
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: join(projectFolder, 'dist', 'preload'),
      emptyOutDir: true,
      minify: false,
      target: 'node24',
      lib: { entry: 'preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

/** Compiles everything that runs in Node into dist/, with the data beside it. Returns an exit code. */
export async function buildEngine(): Promise<number> {
  const exitCode = await runTool('tsc', '-p', 'tsconfig.build.json');
  for await (const path of glob(dataFiles, { cwd: projectFolder })) {
    const target = join(projectFolder, 'dist', path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(projectFolder, path), target);
  }
  await copyFile(
    voiceModelPath(),
    join(projectFolder, 'dist', 'native-models', 'speech', basename(voiceModelPath())),
  );
  return exitCode;
}

/** Builds all three. Returns an exit code. */
export async function buildAll(): Promise<number> {
  try {
    await buildRenderer();
    await buildPreload();
    await buildIcons(join(projectFolder, 'dist', 'main', 'icons'));
  } catch (error) {
    console.error(error);
    return 1;
  }
  return buildEngine();
}
