// Runs as a process of its own in tests: the engine's utility process as it is; only Electron's parent port is made up, over Node's channel between processes.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Relayed } from './utility-double.ts';

const parent = new EventEmitter();
const ports = new Map<number, MessagePort>();
const post = (message: Relayed): void => void process.send?.(message);

process.on('message', (message: Relayed) => {
  if (message.port === null) parent.emit('message', { data: message.data, ports: [] });
  else if (message.opens !== true) ports.get(message.port)?.postMessage(message.data);
  else {
    const { port } = message;
    const { port1, port2 } = new MessageChannel();
    ports.set(port, port1);
    port1.on('message', (data: unknown) => post({ port, data }));
    parent.emit('message', { data: message.data, ports: [port2] });
  }
});
Object.assign(process, {
  parentPort: Object.assign(parent, { postMessage: (data: unknown) => post({ port: null, data }) }),
});
await import('../../hosts/utility.ts');
