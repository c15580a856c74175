// Runs under Vitest: the command line is killed at random moments of a download; the pack is right or absent. Thirty times with AFTERIMAGE_ENDURANCE=1.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PackStore } from '../../native-models/packs/pack-store.ts';
import { offerPack } from '../support/offered-pack.ts';
import { startRoughServer } from '../support/rough-server.ts';

const launcher = fileURLToPath(new URL('../../bin/afterimage.js', import.meta.url));
const endurance = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const kills = endurance ? 30 : 2;
if (!endurance) console.log('A download is killed twice; with AFTERIMAGE_ENDURANCE=1 thirty times.');

const log = { debug() {}, info() {}, warn() {}, error() {} };

test(
  `a pack is right or absent after each of ${kills} kills, and the next start goes on`,
  { timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterimage-kill-'));
    const server = await startRoughServer();
    try {
      const { packId, catalogue } = offerPack(server, join(folder, 'catalogue'));
      const library = join(folder, 'library');
      const args = [launcher, 'packs', 'install', packId, '--yes', '--library', library];
      const env = { ...process.env, AFTERIMAGE_PACK_CATALOGUE: catalogue };
      const store = new PackStore(join(library, 'packs'), log);
      let resumed = 0;
      for (let kill = 0; kill < kills; kill++) {
        // Slow enough that a kill falls into the download, wherever the process then is.
        server.pace = { bytes: 20_000, pauseMs: 8 };
        const before = server.requests.length;
        const child = spawn(process.execPath, [...args, '--mirror', server.origin], { env, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.once('exit', resolve));
        while (server.requests.length === before && child.exitCode === null)
          await new Promise((resolve) => setTimeout(resolve, 20));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 700));
        child.kill('SIGKILL');
        await ended;
        if (server.requests.slice(before).some(({ range }) => range !== null)) resumed++;
        const there = existsSync(join(library, 'packs', packId));
        if (!there) continue;
        expect((await store.verify(packId)).ok).toBe(true);
        rmSync(join(library, 'packs', packId), { recursive: true });
      }
      server.pace = null;
      // Not waited for in one piece: the server answers from this very process.
      const last = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      last.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      const code = await new Promise((resolve) => last.once('close', resolve));
      expect(said).toContain('Download Offered');
      expect(code, said).toBe(0);
      expect((await store.verify(packId)).ok).toBe(true);
      console.log(`${kills} kills, ${resumed} downloads gone on with by range, the last one whole.`);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
