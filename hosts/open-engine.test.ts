// Runs under Vitest: what a killed process left behind is gone once the library is open again.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/support/temporary-library.ts';
import { openEngine } from './open-engine.ts';

test('files that lay there for a moment only do not outlive a crash', async () => {
  const folder = temporaryFolder();
  const left = join(folder, 'temporary', 'whisper-Ab12Cd');
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'heard.json'), '{}');
  const engine = await openEngine({ folder, holder: 'a test', watch: false });
  try {
    expect(existsSync(join(folder, 'temporary'))).toBe(false);
  } finally {
    await engine.close();
  }
});
