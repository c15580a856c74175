// Runs under Vitest: the life of the engine's process, with doubles of it and of its ports.
import { EventEmitter } from 'node:events';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { EXIT_LIBRARY_AWAY, EXIT_LIBRARY_MOVED } from '../contract/shell.ts';
import { EngineProcess } from './engine-process.ts';

class Child extends EventEmitter {
  readonly postMessage = vi.fn<UtilityProcess['postMessage']>();
  readonly kill = vi.fn(() => true);
}
class Port extends EventEmitter {
  readonly postMessage = vi.fn();
  readonly start = vi.fn();
}

let children: Child[] = [];
let timers: { readonly ms: number; readonly call: () => void }[] = [];
let nowMs = 0;
const onInUse = vi.fn();
const onAway = vi.fn<(place: string, again: () => void) => void>();

function startEngine(): EngineProcess {
  return new EngineProcess({
    fork: () => {
      children.push(new Child());
      return children.at(-1) as unknown as UtilityProcess;
    },
    channel: () => ({
      port1: new Port() as unknown as MessagePortMain,
      port2: new Port() as unknown as MessagePortMain,
    }),
    nowMs: () => nowMs,
    after: (ms, call) => void timers.push({ ms, call }),
    onInUse,
    onAway,
  });
}
const crash = (code = 1): void => void children.at(-1)?.emit('exit', code);
const passTimer = (): number => {
  const timer = timers.shift();
  timer?.call();
  return timer?.ms ?? -1;
};

beforeEach(() => {
  children = [];
  timers = [];
  nowMs = 0;
  onInUse.mockReset();
  onAway.mockReset();
});

test('a port is sent to the engine, its other end is for the page', async () => {
  const port = await startEngine().port();
  const [message, transfer] = children[0]?.postMessage.mock.calls[0] ?? [];
  expect(message).toEqual({ type: 'port' });
  expect(transfer).toHaveLength(1);
  expect(transfer?.[0]).not.toBe(port);
});

test('a crashed engine is started again, each time after twice the wait, up to a limit', () => {
  startEngine();
  const waits = Array.from({ length: 7 }, () => {
    crash();
    return passTimer();
  });
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000]);
  expect(children).toHaveLength(8);
});

test('an engine that was well for a minute starts counting anew', () => {
  startEngine();
  crash();
  passTimer();
  nowMs = 60_000;
  crash();
  expect(passTimer()).toBe(250);
});

test('who asks while there is no engine waits for the next one', async () => {
  const engine = startEngine();
  crash();
  const port = engine.port();
  expect(children).toHaveLength(1);
  passTimer();
  await port;
  expect(children[1]?.postMessage).toHaveBeenCalledOnce();
});

test('there is one media client per engine', async () => {
  const engine = startEngine();
  const first = await engine.media();
  expect(await engine.media()).toBe(first);
  expect(children[0]?.postMessage.mock.calls.map(([message]) => message as unknown)).toEqual([
    { type: 'media' },
  ]);
  crash();
  passTimer();
  expect(await engine.media()).not.toBe(first);
});

test('a library in use is said once and nothing is started again', () => {
  startEngine();
  crash(3);
  expect(onInUse).toHaveBeenCalledOnce();
  expect(timers).toEqual([]);
});

test('an engine that has moved its library is followed at once by one at the new place, and pages get its ports', async () => {
  const engine = startEngine();
  crash(1);
  passTimer();
  const port = engine.port();
  await port;
  crash(EXIT_LIBRARY_MOVED);
  expect([children.length, timers]).toEqual([3, []]);
  await engine.port();
  expect(children[2]?.postMessage).toHaveBeenCalledOnce();
  // It counts for no crash.
  crash(1);
  expect(passTimer()).toBe(500);
});

test('a library on a disk that is away is asked for, and tried again when a person says so', async () => {
  const engine = startEngine();
  children[0]?.emit('message', { type: 'away', place: '/media/disk/Afterimage' });
  crash(EXIT_LIBRARY_AWAY);
  expect(onAway).toHaveBeenCalledExactlyOnceWith('/media/disk/Afterimage', expect.any(Function));
  expect([children.length, timers]).toEqual([1, []]);
  const port = engine.port();
  onAway.mock.calls[0]?.[1]();
  await port;
  expect(children[1]?.postMessage).toHaveBeenCalledOnce();
});

test('a closed engine is ended and stays so', () => {
  const engine = startEngine();
  engine.close();
  expect(children[0]?.kill).toHaveBeenCalledOnce();
  crash(0);
  expect(timers).toEqual([]);
});
