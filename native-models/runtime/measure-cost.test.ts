// Runs under Vitest: a measuring of cost that is ended amid its runs ends in order, and with it its process.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { createCostMeter } from './measure-cost.ts';

/** A run of this takes a good part of a second: who ends it at any moment ends it amid a run. */
const long = { layers: 12, width: 768, hidden: 3072, tokens: 784, patch: 768, quantized: true };
const work = { layers: 12, width: 384, hidden: 1536, tokens: 197, patch: 768, quantized: false };

test(
  'a closed meter has no run in hand, begins none, and says so to who waits',
  { timeout: 60_000 },
  async () => {
    const meter = createCostMeter();
    expect(await meter.measure(work)).toBeGreaterThan(0);
    const asked = [meter.measure({ ...work, layers: 6 }), meter.measure({ ...work, layers: 3 })];
    const ends = asked.map((one) =>
      expect(one).rejects.toThrow(expect.objectContaining({ name: 'AbortError' })),
    );
    await meter.close();
    await Promise.all(ends);
    await expect(meter.measure({ ...work, layers: 2 })).rejects.toThrow('ended');
  },
);

test('a process that closes its meter at any moment ends with its own code', { timeout: 120_000 }, () => {
  const module = new URL('./measure-cost.ts', import.meta.url).href;
  const script = join(temporaryFolder(), 'measure-and-close.mjs');
  const text = `
    import { createCostMeter } from ${JSON.stringify(module)};
    const meter = createCostMeter();
    meter.measure(${JSON.stringify(long)}).catch((error) => error.name === 'AbortError' || console.error(error));
    setTimeout(async () => { await meter.close(); process.exit(7); }, Number(process.argv[2]));
  `;
  writeFileSync(script, text);
  for (let afterMs = 200; afterMs <= 2_000; afterMs += 300) {
    const { status, signal, stderr } = spawnSync(process.execPath, [script, String(afterMs)], {
      encoding: 'utf8',
    });
    expect({ afterMs, status, signal, stderr }).toEqual({ afterMs, status: 7, signal: null, stderr: '' });
  }
});
