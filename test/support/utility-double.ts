// Runs in tests: Electron's UtilityProcess over a real process and Node's channel to it, ports and all.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';

/** What goes over the channel. `port` null: the parent port itself; `opens`: a port that is handed over with the message. */
export interface Relayed {
  readonly port: number | null;
  readonly opens?: boolean;
  readonly data: unknown;
}

const entry = fileURLToPath(new URL('./utility-process.ts', import.meta.url));

export interface UtilityDouble extends EventEmitter {
  postMessage(data: unknown, transfer?: readonly MessagePort[]): void;
  kill(): boolean;
}

/** Starts hosts/utility.ts on a library. */
export function forkUtility(library: string): UtilityDouble {
  const child = fork(entry, ['--library', library], { serialization: 'advanced', stdio: 'inherit' });
  const ports = new Map<number, MessagePort>();
  let last = 0;
  const double = Object.assign(new EventEmitter(), {
    postMessage(data: unknown, transfer: readonly MessagePort[] = []): void {
      const [given] = transfer;
      if (given === undefined) return void child.send({ port: null, data } satisfies Relayed);
      const port = ++last;
      ports.set(port, given);
      child.send({ port, opens: true, data } satisfies Relayed);
      given.on('message', (message: unknown) => {
        if (child.connected) child.send({ port, data: message } satisfies Relayed);
      });
    },
    kill: () => child.kill(),
  });
  child.on('message', (message: Relayed) => {
    if (message.port === null) double.emit('message', message.data);
    else ports.get(message.port)?.postMessage(message.data);
  });
  child.once('exit', (code) => {
    // The other ends of its ports go with a process.
    for (const port of ports.values()) port.close();
    double.emit('exit', code ?? 1);
  });
  return double;
}
