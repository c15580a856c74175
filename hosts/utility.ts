// Runs as Electron's utility process: the engine of the desktop app, spoken to over message ports.
import { parseArgs } from 'node:util';
import { EXIT_LIBRARY_IN_USE } from '../contract/shell.ts';
import { failureFrom } from './failures.ts';
import { libraryFolder } from './library-folder.ts';
import { openEngine } from './open-engine.ts';
import { systemPower } from './power.ts';
import { clientOf } from './rpc.ts';
import { noteLongIndexes } from './utility-notes.ts';
import { trashThrough } from './utility-trash.ts';
import { servePorts, type ParentPort } from './utility-ports.ts';

/** Electron adds this to `process` in a utility process; Electron itself is imported by main only. */
const { parentPort } = process as unknown as {
  readonly parentPort?: ParentPort & { postMessage(message: unknown): void };
};

/** Opens the library and serves every port that main sends; ends with main or at its word. */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const { values } = parseArgs({ options: { library: { type: 'string' } }, strict: false });
  const asked = typeof values.library === 'string' ? values.library : undefined;
  // Ports that come while the library is being opened are kept: nothing is lost, faces just wait.
  const opening = openEngine({
    folder: libraryFolder(asked),
    holder: 'the Afterimage app',
    watch: true,
    power: systemPower,
    trash: trashThrough(port),
  });
  servePorts(port, opening);
  const engine = await opening;
  const client = clientOf(engine.library.router);
  void noteLongIndexes({
    progress: await client.indexing.progress(),
    items: async () => (await client.status()).items,
    nowMs: () => Date.now(),
    post: (note) => port.postMessage(note),
  }).catch((error: unknown) => engine.log.warn('notes.ended', { error: String(error) }));
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    // The library is safe against a sudden end; a thread that hangs must not keep the process, and
    // `process.exit` would wait for it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3_000).unref();
    void engine.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

if (parentPort === undefined) {
  console.error('This is the engine of the desktop app and is started by it.');
  process.exitCode = 2;
} else {
  main(parentPort).catch((error: unknown) => {
    const { code, reason, remedy } = failureFrom(error);
    console.error(`${reason} ${remedy} (${code})`);
    process.exit(code === 'LIBRARY_IN_USE' ? EXIT_LIBRARY_IN_USE : 1);
  });
}
