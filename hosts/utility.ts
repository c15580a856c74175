// Runs as Electron's utility process: the engine of the desktop app, spoken to over message ports.
import { parseArgs } from 'node:util';
import {
  EXIT_LIBRARY_AWAY,
  EXIT_LIBRARY_IN_USE,
  EXIT_LIBRARY_MOVED,
  type AwayNote,
} from '../contract/shell.ts';
import { readPointer } from '../library/moving/places.ts';
import type { FailureCode } from '../contract/index.ts';
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

const askedFolder = (): string => {
  const { values } = parseArgs({ options: { library: { type: 'string' } }, strict: false });
  return libraryFolder(typeof values.library === 'string' ? values.library : undefined);
};

/** Opens the library and serves every port that main sends; ends with main, at its word, or when the library has moved. */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  // Ports that come while the library is being opened are kept: nothing is lost, faces just wait.
  const opening = openEngine({
    folder: askedFolder(),
    holder: 'the Afterimage app',
    watch: true,
    power: systemPower,
    trash: trashThrough(port),
    // Another process is the surest way to hold nothing of the old place; main starts it.
    onMoved: () => end(EXIT_LIBRARY_MOVED),
  });
  servePorts(port, opening);
  let ending = false;
  const end = (exitCode = 0): void => {
    if (ending) return;
    ending = true;
    // The library is safe against a sudden end; a thread that hangs must not keep the process, and
    // `process.exit` would wait for it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3_000).unref();
    void opening.then((engine) => engine.close()).finally(() => process.exit(exitCode));
  };
  const engine = await opening;
  const client = clientOf(engine.library.router);
  void noteLongIndexes({
    progress: await client.indexing.progress(),
    items: async () => (await client.status()).items,
    nowMs: () => Date.now(),
    post: (note) => port.postMessage(note),
  }).catch((error: unknown) => engine.log.warn('notes.ended', { error: String(error) }));
  process.on('SIGTERM', () => end());
  process.on('SIGINT', () => end());
}

/** What main tells a person by: the exit code, and where the library lies if its disk is away. */
function exitCodeFor(code: FailureCode, port: NonNullable<typeof parentPort>): number {
  if (code === 'LIBRARY_IN_USE') return EXIT_LIBRARY_IN_USE;
  if (code !== 'LIBRARY_AWAY') return 1;
  let place = '';
  try {
    place = readPointer(askedFolder())?.to ?? '';
  } catch {
    // The file that would tell cannot be read, which is why it is away.
  }
  port.postMessage({ type: 'away', place } satisfies AwayNote);
  return EXIT_LIBRARY_AWAY;
}

if (parentPort === undefined) {
  console.error('This is the engine of the desktop app and is started by it.');
  process.exitCode = 2;
} else {
  const port = parentPort;
  main(port).catch((error: unknown) => {
    const { code, reason, remedy } = failureFrom(error);
    console.error(`${reason} ${remedy} (${code})`);
    const exitCode = exitCodeFor(code, port);
    // What was posted is on its way when this turn is over, and in main a little later.
    setTimeout(() => process.exit(exitCode), 100);
  });
}
