// Runs in hosts that stay: whether the machine runs on its battery, asked of the system.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Power } from '../library/ports.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 5_000;

/** A machine that does not say is taken for one on mains: indexing must not stop for a guess. */
export const systemPower: Power = {
  async onBattery() {
    try {
      if (process.platform === 'linux') return await linuxOnBattery('/sys/class/power_supply');
      if (process.platform === 'darwin')
        return /Battery Power/.test((await run('pmset', ['-g', 'batt'], { timeout: TIMEOUT_MS })).stdout);
      if (process.platform === 'win32') return await windowsOnBattery();
      return false;
    } catch {
      return false;
    }
  },
};

/**
 * Mains that are offline, or a battery that discharges (kernel.org, Documentation/ABI/testing/sysfs-class-power).
 *
 * @param folder - where the kernel lists what gives power
 */
export async function linuxOnBattery(folder: string): Promise<boolean> {
  const read = async (name: string, file: string): Promise<string> =>
    (await readFile(join(folder, name, file), 'utf8').catch(() => '')).trim();
  let discharging = false;
  for (const name of await readdir(folder)) {
    const type = await read(name, 'type');
    if (type === 'Mains' && (await read(name, 'online')) === '1') return false;
    // A mouse has a battery, too; only one of the system's own counts.
    const ofSystem = (await read(name, 'scope')) !== 'Device';
    if (type === 'Battery' && ofSystem && (await read(name, 'status')) === 'Discharging') discharging = true;
  }
  return discharging;
}

async function windowsOnBattery(): Promise<boolean> {
  const script = '(Get-CimInstance -ClassName Win32_Battery).BatteryStatus';
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    timeout: TIMEOUT_MS,
    windowsHide: true,
  });
  // 1: "the battery is discharging" (Win32_Battery's own table).
  return stdout.split(/\s+/).includes('1');
}
