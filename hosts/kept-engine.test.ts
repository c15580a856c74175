// Runs under Vitest: a host whose library is moved: the same address and token, and pages that come again find it at its new place.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../contract/index.ts';
import { temporaryFolder } from '../test/support/temporary-library.ts';
import { startHost, type Host } from './http/host.ts';
import { keepEngine } from './kept-engine.ts';

type Client = ContractRouterClient<Contract>;

/** A page's connection; null where the host takes none. */
async function connect(url: string): Promise<{ client: Client; closed: Promise<number> } | null> {
  const { origin, host, search } = new URL(url);
  const socket = new WebSocket(`ws://${host}/rpc${search}`, { headers: { origin } });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const open = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  onTestFinished(() => socket.terminate());
  return open ? { client: createORPCClient(new RPCLink({ websocket: socket as never })), closed } : null;
}

test('the library moves under the host, and the address stays', async () => {
  const base = temporaryFolder();
  const [folder, to] = [join(base, 'library'), join(base, 'disk', 'Afterimage')];
  const exchanged: (string | null)[] = [];
  let host: Host | null = null;
  const engine = await keepEngine({ folder, holder: 'a test', watch: true }, (library) => {
    exchanged.push(library?.folder ?? null);
    host?.exchange(library);
  });
  host = await startHost({ library: engine.library, port: 0 });
  const { url } = host;
  try {
    const first = await connect(url);
    await first?.client.searches.save({ name: 'Cats', text: 'cat' });
    await first?.client.moving.start({ to });
    // "Service restart": the page is to come again.
    expect(await first?.closed).toBe(1012);
    const second = await expect
      .poll(() => connect(url), { timeout: 60_000 })
      .not.toBeNull()
      .then(() => connect(url));
    expect((await second?.client.status())?.library).toBe(to);
    expect((await second?.client.collections.list())?.searches.map(({ name }) => name)).toEqual(['Cats']);
    expect(exchanged).toEqual([null, to]);
    // The one that came knows of the move, for the page that has not heard its end.
    for await (const state of (await second?.client.moving.state()) ?? []) {
      expect(state).toMatchObject({ state: 'moved', from: folder, to });
      break;
    }
    await expect.poll(() => readdirSync(folder)).toEqual(['moved-to.json']);
    expect(existsSync(join(to, 'moving.json'))).toBe(false);
  } finally {
    await host.close();
    await engine.close();
  }
});
