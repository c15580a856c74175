// Runs in tests: speech made by espeak-ng, and noise made by arithmetic, as samples at 16 kHz.
import { spawnSync } from 'node:child_process';
import { seeded } from './fixture-encoder.ts';

/** Why no speech can be made here; null: it can. */
export function speechTrouble(): string | null {
  const { error } = spawnSync('espeak-ng', ['--version']);
  return error === undefined ? null : 'espeak-ng is not installed';
}

/** A sentence spoken by espeak-ng, resampled from its 22.05 kHz by straight lines: a test needs no more. */
export function speechOf(language: 'en' | 'ko', text: string): Int16Array {
  const { stdout } = spawnSync('espeak-ng', ['-v', language, '-s', '140', '--stdout', text], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const data = stdout.subarray(stdout.indexOf('data') + 8);
  const rate = stdout.readUInt32LE(24);
  const samples = Math.floor(data.length / 2);
  return Int16Array.from({ length: Math.floor((samples * 16_000) / rate) }, (_, i) => {
    const at = (i * rate) / 16_000;
    const [left, right] = [Math.floor(at), Math.min(samples - 1, Math.floor(at) + 1)];
    const share = at - left;
    return data.readInt16LE(left * 2) * (1 - share) + data.readInt16LE(right * 2) * share;
  });
}

/** White noise, the same every time. */
export function noiseOf(seconds: number): Int16Array {
  const random = seeded('noise');
  return Int16Array.from({ length: Math.round(seconds * 16_000) }, () => (random() - 0.5) * 6_000);
}
