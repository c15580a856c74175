// Runs under Vitest: the one command of all checks, as a process: what it says and how it ends.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../bin/script.js', import.meta.url));

function check(name: string, env: Record<string, string>) {
  const { CI: _ci, ...rest } = process.env;
  const whole = { ...rest, AFTERIMAGE_CHROMIUM: '/nowhere/chromium', ...env };
  return spawnSync(process.execPath, [launcher, 'check', name], { encoding: 'utf8', env: whole });
}

test('without a Chromium the end-to-end tests are skipped, and the summary says so', () => {
  const done = check('end-to-end', {});
  expect(done.stdout).toMatch(/== summary\nend-to-end .* skipped: no Chromium was found/);
  expect(done.status).toBe(0);
});

test('in CI they fail instead', () => {
  const done = check('end-to-end', { CI: 'true' });
  expect(done.stdout).toMatch(/end-to-end .* failed\nSomething failed\./);
  expect(done.status).toBe(1);
});

test('a check that does not exist is wrong use', () => {
  const done = check('nonsense', {});
  expect(done.stderr).toContain('no check named nonsense; there are types, lint,');
  expect(done.status).toBe(2);
});
