// Runs in scripts: builds ffmpeg and ffprobe from a source archive that is right by its digest, and makes sure they are not under the GPL.
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface FfmpegSource {
  readonly version: string;
  readonly url: string;
  /** Lower-case hexadecimal, of the archive. */
  readonly sha256: string;
  /** Name of the licence's text in the archive. */
  readonly license: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';
const run = promisify(execFile);
const TOLD_BYTES = 64 * 1024 * 1024;

async function shell(folder: string, ...args: string[]): Promise<string> {
  // FFmpeg's configure is a script of sh on every system; on Windows MSYS2 brings one.
  return (await run('sh', args, { cwd: folder, maxBuffer: TOLD_BYTES })).stdout;
}

/**
 * @param folder - gets `ffmpeg`, `ffprobe`, the licence and a note on where the sources are
 * @throws Error when the archive is another one, or when what was built is not under the LGPL
 */
export async function buildFfmpeg(
  source: FfmpegSource,
  options: readonly string[],
  folder: string,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'afterimage-ffmpeg-'));
  try {
    const answer = await fetch(source.url);
    if (!answer.ok) throw new Error(`${source.url} answers ${String(answer.status)}.`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== source.sha256)
      throw new Error(`${source.url} is not what is expected: its SHA-256 is ${digest}.`);
    await writeFile(join(work, 'source.tar.xz'), bytes);
    await run('tar', ['-xf', 'source.tar.xz', '--strip-components=1'], { cwd: work });
    await shell(work, './configure', ...options);
    await shell(work, '-c', `make -j${String(availableParallelism())}`);
    const { stdout: built } = await run(join(work, `ffmpeg${suffix}`), ['-hide_banner', '-version']);
    const forbidden = /--enable-(gpl|nonfree)/.exec(built);
    if (forbidden !== null)
      throw new Error(`It was built with ${forbidden[0]}, which makes it no LGPL program.`);
    await mkdir(folder, { recursive: true });
    for (const name of [`ffmpeg${suffix}`, `ffprobe${suffix}`])
      await copyFile(join(work, name), join(folder, name));
    await writeFile(join(folder, 'LICENSE'), await readFile(join(work, source.license)));
    await writeFile(
      join(folder, 'SOURCE'),
      `FFmpeg ${source.version}, unchanged: ${source.url}\nSHA-256 ${source.sha256}\nconfigure ${options.join(' ')}\n`,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
