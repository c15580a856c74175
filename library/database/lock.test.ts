// Runs under Vitest: one process writes a library, with real second processes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { takeLock } from './lock.ts';

/** Takes the lock, says so or why not, and stays until it is ended. */
const script = `
  const { takeLock } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)});
  try {
    takeLock(process.argv[1], 'the other one');
    console.log('taken');
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.code + ' ' + error.message);
  }
`;

async function otherProcess(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

const inUse = (holder: RegExp) =>
  expect.objectContaining({
    code: 'LIBRARY_IN_USE',
    message: expect.stringMatching(holder) as string,
  }) as unknown;

test('a second process is told who has the library', async () => {
  const folder = temporaryFolder();
  const lock = takeLock(folder, 'the app');
  const { said } = await otherProcess(folder);
  expect(said).toContain('LIBRARY_IN_USE');
  expect(said).toContain(`in use by the app (process ${String(process.pid)})`);
  lock.release();
  expect((await otherProcess(folder)).said).toBe('taken');
  expect(() => takeLock(folder, 'the app')).toThrow(inUse(/the other one \(process \d+\)/));
});

test('a holder that is killed leaves no lock behind', async () => {
  const folder = temporaryFolder();
  const { child, said } = await otherProcess(folder);
  expect(said).toBe('taken');
  expect(() => takeLock(folder, 'the app')).toThrow(inUse(/the other one/));
  child.kill('SIGKILL');
  await once(child, 'exit');
  takeLock(folder, 'the app').release();
});

test('within one process it is taken once, and can be taken again after its release', () => {
  const folder = temporaryFolder();
  const lock = takeLock(folder, 'the app');
  expect(() => takeLock(folder, 'another part')).toThrow(inUse(/the app/));
  lock.release();
  lock.release();
  takeLock(folder, 'another part').release();
});

test('two libraries are locked independently', () => {
  const locks = [takeLock(temporaryFolder(), 'one'), takeLock(temporaryFolder(), 'two')];
  for (const lock of locks) lock.release();
});
