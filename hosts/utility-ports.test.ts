// Runs under Vitest: ports as main sends them, over Node's own message channels; only Electron is a double.
import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract, Failure, type Contract, type ItemDetails } from '../contract/index.ts';
import type { MediaAnswer, MediaAsk } from '../contract/shell.ts';
import { failureFrom } from './failures.ts';
import { servePorts, type Port } from './utility-ports.ts';

type Served = Awaited<Parameters<typeof servePorts>[1]>;

const asked = implement(contract);
let folder = '';
let engine: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterimage-ports-'));
  const path = join(folder, 'a.webp');
  await writeFile(path, 'abcdefghij');
  const router = {
    roots: { list: asked.roots.list.handler(() => []) },
    status: asked.status.handler(() => {
      throw new Failure('DISK_FULL', 'The disk is full.');
    }),
    items: {
      get: asked.items.get.handler(({ input }): ItemDetails => {
        if (input.itemId !== 7) throw new Failure('ITEM_UNKNOWN', 'There is no such item.');
        return { ...(details as ItemDetails), itemId: input.itemId, path };
      }),
    },
  };
  engine = {
    library: {
      router: router as unknown as Served['library']['router'],
      media: async () => ({ path, mediaType: 'image/webp' }),
    },
  };
});
afterAll(() => rm(folder, { recursive: true }));

/** What the contract wants of an item beside the two fields that matter here. */
const details: unknown = {
  ...{
    kind: 'picture',
    name: 'a.webp',
    width: null,
    height: null,
    animated: false,
    durationMs: null,
    thumbhash: null,
  },
  ...{ hasPreview: true, taken: null, away: false, hash: '0'.repeat(64), mediaType: 'image/webp', bytes: 10 },
  ...{
    recording: null,
    transcripts: [],
    speech: null,
    favourite: false,
    rating: null,
    hidden: false,
    tags: [],
    albums: [],
  },
  metadata: {
    ...{ taken: null, cameraMake: null, cameraModel: null, lens: null, exposureSeconds: null, fNumber: null },
    ...{
      iso: null,
      focalLengthMm: null,
      latitude: null,
      longitude: null,
      altitudeM: null,
      orientation: null,
    },
    ...{ title: null, description: null, keywords: [], rating: null, colourProfile: null },
  },
  ...{ files: [], moments: [], steps: [], concepts: [] },
};

/** Sends one end to the engine as main does, in Electron's form of a message, and gives the other. */
function sendPort(parent: EventEmitter, type: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const inElectron: Port = {
    on: (event: 'message' | 'close', listener: (message?: unknown) => void) =>
      port2.on(event, (message: unknown) =>
        listener(event === 'message' ? { data: message, ports: [] } : undefined),
      ),
    postMessage: (message) => port2.postMessage(message),
    start: () => port2.start(),
  };
  parent.emit('message', { data: { type }, ports: [inElectron] });
  return port1;
}

const parentOf = (opening: Promise<Served>): EventEmitter => {
  const parent = new EventEmitter();
  servePorts(parent, opening);
  return parent;
};

test('a face speaks the contract over its port, also when the port came before the library was open', async () => {
  let open = (_: Served): void => undefined;
  const parent = parentOf(new Promise((resolve) => (open = resolve)));
  const port = sendPort(parent, 'port');
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port }));
  const roots = client.roots.list();
  open(engine);
  expect(await roots).toEqual([]);
  const failure = await client.status().then(() => null, failureFrom);
  expect(failure).toEqual({ code: 'DISK_FULL', reason: 'The disk is full.', remedy: '' });
  port.close();
});

test('main gets bytes and places by item id over its own port', async () => {
  const port = sendPort(parentOf(Promise.resolve(engine)), 'media');
  const answerTo = async (ask: MediaAsk): Promise<MediaAnswer> => {
    const answer = new Promise<MediaAnswer>((resolve) => port.once('message', resolve));
    port.postMessage(ask);
    return answer;
  };
  const head = await answerTo({ type: 'open', id: 1, path: 'preview/7', headers: { range: 'bytes=2-4' } });
  expect(head).toMatchObject({ type: 'head', id: 1, status: 206 });
  const piece = await answerTo({ type: 'more', id: 1 });
  expect(piece.type === 'bytes' ? Buffer.from(piece.bytes).toString() : piece).toBe('cde');
  expect(await answerTo({ type: 'more', id: 1 })).toEqual({ type: 'end', id: 1 });
  expect(await answerTo({ type: 'locate', id: 2, itemId: 7 })).toMatchObject({
    path: join(folder, 'a.webp'),
  });
  expect(await answerTo({ type: 'locate', id: 3, itemId: 8 })).toMatchObject({ path: null });
  port.close();
});

test('what is not ours is passed over', () => {
  const parent = parentOf(Promise.resolve(engine));
  expect(() => {
    parent.emit('message', { data: null, ports: [] });
    parent.emit('message', { data: { type: 'port' }, ports: [] });
    sendPort(parent, 'constructor').close();
  }).not.toThrow();
});
