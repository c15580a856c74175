// Runs under Vitest: the page's own protocol over a real folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePage } from './page-protocol.ts';

let folder = '';
let serve: (request: Request) => Promise<Response>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'page', 'assets', 'index-Ab_1.js'), 'export {};');
  writeFileSync(join(folder, 'page', '.hidden.json'), '{}');
  writeFileSync(join(folder, 'secret.json'), '{}');
  serve = servePage(join(folder, 'page'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the page and its files are served with their types', async () => {
  const page = await serve(new Request('app://afterimage/'));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const script = await serve(new Request('app://afterimage/assets/index-Ab_1.js'));
  expect([script.status, await script.text()]).toEqual([200, 'export {};']);
  expect(script.headers.get('content-type')).toContain('text/javascript');
});

test('every answer carries a policy without a remote origin, inline scripts or eval', async () => {
  for (const address of ['app://afterimage/', 'app://afterimage/nothing.js']) {
    const policy = (await serve(new Request(address))).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-|data:/);
  }
});

test.each([
  'app://afterimage/../secret.json',
  'app://afterimage/%2e%2e/secret.json',
  'app://afterimage/..%2fsecret.json',
  'app://afterimage/..%5csecret.json',
  'app://afterimage/assets/../../secret.json',
  'app://afterimage/.hidden.json',
  'app://afterimage/assets',
  'app://elsewhere/index.html',
])('%s is not found', async (address) => {
  expect((await serve(new Request(address))).status).toBe(404);
});

test('only GET is answered', async () => {
  expect((await serve(new Request('app://afterimage/', { method: 'POST' }))).status).toBe(404);
});
