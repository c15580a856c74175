// Runs in scripts: the development tools of node_modules as child processes of this very Node.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Entry points, called with `process.execPath` so that no shell and no `.cmd` shim is in between. */
export const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  vitest: 'node_modules/vitest/vitest.mjs',
} as const;

/**
 * Runs a program with the terminal's own streams and waits for it. An interrupt reaches it too; we
 * outlive it so that its end is what the caller sees.
 *
 * @returns its exit code; 130 when it was ended by a signal
 */
export async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  const forward = (): void => void child.kill('SIGTERM');
  const child = spawn(program, args, { cwd: projectFolder, stdio: 'inherit', env });
  process.on('SIGTERM', forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        resolve(code ?? 130);
      });
    });
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  }
}

/** Runs one of {@link tools} on this Node. */
export async function runTool(tool: keyof typeof tools, ...args: string[]): Promise<number> {
  return run(process.execPath, [join(projectFolder, tools[tool]), ...args]);
}
