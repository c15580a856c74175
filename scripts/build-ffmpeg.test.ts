// Runs under Vitest: what an installer brings of ffmpeg: from an archive by its digest, built, and never under the GPL.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildFfmpeg, type FfmpegSource } from './build-ffmpeg-from.ts';
import { ffmpegOptions, ffmpegSource } from './release-parts.ts';

let folder: string;
let server: Server;
let archive: Buffer;
let source: FfmpegSource;

/** An archive of FFmpeg's form whose configure and make take a moment instead of minutes. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'build-ffmpeg-'));
  const inside = join(folder, 'ffmpeg-0.1');
  mkdirSync(inside);
  writeFileSync(join(inside, 'COPYING.LGPLv2.1'), 'GNU LESSER GENERAL PUBLIC LICENSE');
  writeFileSync(join(inside, 'configure'), '#!/bin/sh\nprintf "%s" "$*" > options\n');
  const program = `printf '#!/bin/sh\\necho "ffmpeg version 0.1"; echo "configuration: %s"\\n' "$$(cat options)"`;
  const recipe = ['ffmpeg', 'ffprobe'].map((name) => `\t${program} > ${name}\n\tchmod 755 ${name}\n`);
  writeFileSync(join(inside, 'Makefile'), `all:\n${recipe.join('')}`);
  execFileSync('tar', ['-cJf', 'source.tar.xz', 'ffmpeg-0.1'], { cwd: folder });
  archive = readFileSync(join(folder, 'source.tar.xz'));
  server = createServer((request, response) => {
    response.statusCode = request.url === '/source.tar.xz' ? 200 : 404;
    response.end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = {
    version: '0.1',
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/source.tar.xz`,
    sha256: createHash('sha256').update(archive).digest('hex'),
    license: 'COPYING.LGPLv2.1',
  };
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const posix = process.platform !== 'win32';

test.runIf(posix)('both programs come with the licence and the way to the sources', async () => {
  const target = join(folder, 'out');
  await buildFfmpeg(source, ['--enable-libvpx'], target);
  expect(execFileSync(join(target, 'ffmpeg'), { encoding: 'utf8' })).toContain('--enable-libvpx');
  expect(existsSync(join(target, 'ffprobe'))).toBe(true);
  expect(readFileSync(join(target, 'LICENSE'), 'utf8')).toContain('LESSER');
  expect(readFileSync(join(target, 'SOURCE'), 'utf8')).toContain(source.sha256);
});

test.runIf(posix)(
  'another archive, none, and a program under the GPL are refused, and nothing is left',
  async () => {
    const target = join(folder, 'out');
    const wrong = { ...source, sha256: '0'.repeat(64) };
    await expect(buildFfmpeg(wrong, [], target)).rejects.toThrow('not what is expected');
    await expect(buildFfmpeg({ ...source, url: `${source.url}.old` }, [], target)).rejects.toThrow('404');
    await expect(buildFfmpeg(source, ['--enable-gpl'], target)).rejects.toThrow('--enable-gpl');
    await expect(buildFfmpeg(source, ['--enable-nonfree'], target)).rejects.toThrow('--enable-nonfree');
    expect(existsSync(target)).toBe(false);
  },
);

test('what a release is built from is named by digest, and asks for nothing under the GPL', () => {
  expect(ffmpegSource.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(ffmpegOptions.filter((option) => /gpl|nonfree|version3|x26/.test(option))).toEqual([]);
});
