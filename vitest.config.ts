// Runs under Vitest: which tests there are, and how many run at once.
import { defineConfig } from 'vitest/config';

/** Machines that test are noisy and tests are never timed: a limit only ends what hangs. */
const UNIT_TIMEOUT_MS = 300_000;
const E2E_TIMEOUT_MS = 300_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**', 'test/e2e/**'],
          environment: 'node',
          // Processes and not threads: sharp and onnxruntime start threads of their own.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: UNIT_TIMEOUT_MS,
          hookTimeout: UNIT_TIMEOUT_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          testTimeout: E2E_TIMEOUT_MS,
          hookTimeout: E2E_TIMEOUT_MS,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
