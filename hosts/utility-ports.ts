// Runs in the utility process: takes main's ports and speaks the contract, or media, over each.
import { RPCHandler } from '@orpc/server/message-port';
import { ItemId } from '../contract/index.ts';
import type { MediaAnswer, MediaAsk, PortMessage } from '../contract/shell.ts';
import { answerMedia } from './media-port.ts';
import { serveMedia } from './media-response.ts';
import type { Engine } from './open-engine.ts';
import { clientOf, contractErrors } from './rpc.ts';

/** What is used of Electron's MessagePortMain; Node's own MessagePort has the same. */
export interface Port {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}

/** What is used of `process.parentPort`. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (message: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): unknown;
}

type ServedEngine = { readonly library: Pick<Engine['library'], 'router' | 'media'> };

/** Serves every port that comes, as soon as the engine is open. What is not a message of ours is passed over. */
export function servePorts(parent: ParentPort, opening: Promise<ServedEngine>): void {
  // Whoever opens the engine tells of its failure; here it only means that there is nobody to serve.
  const served = opening.then(portServer, () => null);
  parent.on('message', ({ data, ports }) => {
    const [port] = ports;
    const type = (data as Partial<PortMessage> | null)?.type;
    if (port === undefined || (type !== 'port' && type !== 'media')) return;
    void served.then((serve) => serve?.[type](port));
  });
}

function portServer({ library }: ServedEngine): Record<PortMessage['type'], (port: Port) => void> {
  const handler = new RPCHandler(library.router, contractErrors);
  const client = clientOf(library.router);
  const media = {
    serve: serveMedia(library),
    locate: async (itemId: number): Promise<string | null> => {
      const asked = ItemId.safeParse(itemId);
      if (!asked.success) return null;
      const item = await client.items.get({ itemId: asked.data }).catch(() => null);
      return item?.path ?? null;
    },
  };
  return {
    port(port) {
      handler.upgrade(asSupported(port), { context: {} });
      port.start();
    },
    media(port) {
      answerMedia(
        {
          post: (answer: MediaAnswer) => port.postMessage(answer),
          // The other end is our own process and the same build.
          onAsk: (listener) => port.on('message', (message) => listener(payloadOf(message) as MediaAsk)),
          onClose: (listener) => port.on('close', listener),
        },
        media,
      );
      port.start();
    },
  };
}

type SupportedPort = Parameters<RPCHandler<Record<string, unknown>>['upgrade']>[0];

/** The handler listens by `on` where there is no addEventListener, and then wants Electron's `{ data }`. */
function asSupported(port: Port): SupportedPort {
  return {
    on: (event: 'message' | 'close', listener: (message?: { data: unknown }) => void) => {
      if (event === 'message') port.on('message', (message) => listener({ data: payloadOf(message) }));
      else port.on('close', () => listener());
    },
    postMessage: (message: unknown) => port.postMessage(message),
  } as unknown as SupportedPort;
}

/** Electron's ports give an event with the message in `data`; Node's give the message itself. */
function payloadOf(message: unknown): unknown {
  const isEvent = typeof message === 'object' && message !== null && 'data' in message && 'ports' in message;
  return isEvent ? message.data : message;
}
