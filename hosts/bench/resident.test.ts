// Runs under Vitest: memory of a real child of a real child.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { watchResident } from './resident.ts';

const holding = (bytes: number) =>
  `const held = Buffer.alloc(${bytes}, 1); console.log('holding'); process.stdin.resume(); process.stdin.on('end', () => process.exit(held[0] - 1));`;

test.skipIf(process.platform !== 'linux')('what a grandchild holds is counted', async () => {
  const bytes = 200 * 1024 * 1024;
  const script = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(holding(bytes))}], { stdio: 'inherit' }); child.on('exit', () => process.exit());`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const stop = watchResident(child.pid ?? 0);
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const memory = await stop();
  child.stdin.end();
  await once(child, 'exit');
  expect(memory.maxBytes).toBeGreaterThan(bytes);
  expect(memory.maxBytes).toBeLessThan(bytes * 3);
  expect(memory.processes).toBe(2);
  // Filling it took some.
  expect(memory.cpuMs).toBeGreaterThan(20);
});
