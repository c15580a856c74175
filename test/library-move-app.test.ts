// Runs under Vitest: a move in the desktop app: main's keeper of the engine and the engine's own process are real, only Electron is a double.
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, test, vi } from 'vitest';
import type { Contract } from '../contract/index.ts';
import { EngineProcess } from '../main/engine-process.ts';
import { temporaryFolder } from './support/temporary-library.ts';
import { forkUtility, type UtilityDouble } from './support/utility-double.ts';

type Client = ContractRouterClient<Contract>;

function startApp(library: string) {
  const forked: UtilityDouble[] = [];
  const onAway = vi.fn<(place: string, again: () => void) => void>();
  const engine = new EngineProcess({
    fork: () => {
      forked.push(forkUtility(library));
      return forked.at(-1) as never;
    },
    channel: () => new MessageChannel() as never,
    nowMs: () => Date.now(),
    after: (ms, call) => void setTimeout(call, ms),
    onInUse: () => undefined,
    onAway,
  });
  /** What a page does: asks main for a port, and speaks over it. */
  const connect = async (): Promise<{ client: Client; closed: Promise<void> }> => {
    const port = (await engine.port()) as unknown as MessagePort;
    const closed = new Promise<void>((resolve) => port.once('close', () => resolve()));
    const client: Client = createORPCClient(new RPCLink({ port: port as never }));
    port.start();
    return { client, closed };
  };
  const close = async (): Promise<void> => {
    const ended = new Promise((resolve) => forked.at(-1)?.once('exit', resolve));
    engine.close();
    await ended;
  };
  return { forked, onAway, connect, close };
}

test('the engine is started anew at the new place, and is asked for when that is away', async () => {
  const base = temporaryFolder();
  const [folder, to] = [join(base, 'library'), join(base, 'disk', 'Afterimage')];
  const app = startApp(folder);
  const first = await app.connect();
  await first.client.searches.save({ name: 'Cats', text: 'cat' });
  await first.client.moving.start({ to });
  // Nobody does anything: the port ends with its process, and the page asks for another.
  await first.closed;
  const second = await app.connect();
  expect((await second.client.status()).library).toBe(to);
  expect((await second.client.collections.list()).searches.map(({ name }) => name)).toEqual(['Cats']);
  expect(app.forked).toHaveLength(2);
  await expect.poll(() => readdirSync(folder)).toEqual(['moved-to.json']);
  await app.close();

  renameSync(join(base, 'disk'), join(base, 'drawer'));
  const later = startApp(folder);
  await vi.waitFor(() => expect(later.onAway).toHaveBeenCalledOnce(), { timeout: 60_000 });
  const [place, again] = later.onAway.mock.calls[0]!;
  expect(place).toBe(to);
  expect(readdirSync(folder)).toEqual(['moved-to.json']);
  renameSync(join(base, 'drawer'), join(base, 'disk'));
  again();
  const third = await later.connect();
  expect((await third.client.status()).library).toBe(to);
  await later.close();
});
