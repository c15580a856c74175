// Runs under Vitest: what the kernel's files say of mains and batteries.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/support/temporary-library.ts';
import { linuxOnBattery } from './power.ts';

type Supply = Readonly<Record<string, string>>;

function supplies(given: Readonly<Record<string, Supply>>): string {
  const folder = temporaryFolder();
  for (const [name, files] of Object.entries(given)) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
  }
  return folder;
}

const battery = (status: string): Supply => ({ type: 'Battery', status });

test.each([
  ['nothing that gives power', {}, false],
  ['mains alone', { AC: { type: 'Mains', online: '1' } }, false],
  ['a laptop on mains', { AC: { type: 'Mains', online: '1' }, BAT0: battery('Charging') }, false],
  ['a laptop on its battery', { AC: { type: 'Mains', online: '0' }, BAT0: battery('Discharging') }, true],
  ['a battery and no word of mains', { BAT0: battery('Discharging') }, true],
  ['a full battery', { BAT0: battery('Full') }, false],
  ['a mouse', { hid: { ...battery('Discharging'), scope: 'Device' } }, false],
])('%s', async (_, given, onBattery) => {
  expect(await linuxOnBattery(supplies(given))).toBe(onBattery);
});
