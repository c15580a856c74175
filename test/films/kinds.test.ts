// Runs under Vitest: containers, HDR, Live Photos, covers and animated pictures, each made here, through the command line.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programs } from '../../library/media/ffmpeg/programs.ts';
import { demoShots } from '../fixtures/demo-film.ts';
import { makeFilm } from '../fixtures/film.ts';
import { runCommandLine } from '../support/command-line.ts';

const TIMEOUT_MS = 300_000;
const { ffmpeg } = await programs();
const said = execFileSync(ffmpeg, ['-hide_banner', '-encoders'], { encoding: 'utf8' });
const has = (encoder: string): boolean => new RegExp(` ${encoder} `).test(said);
const canHdr =
  has('libx265') && / zscale /.test(execFileSync(ffmpeg, ['-hide_banner', '-filters'], { encoding: 'utf8' }));
if (!canHdr) console.log('Skipped: HDR, which this ffmpeg cannot write (libx265, zscale).');
if (!has('libwebp_anim')) console.log('Skipped: animated WebP, which this ffmpeg cannot write.');

let folder = '';
let media = '';
const library = (): string[] => ['--library', join(folder, 'library')];
const make = (...args: string[]): void => {
  execFileSync(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...args], { cwd: media });
};
const show = async (name: string) =>
  (await runCommandLine(['show', join(media, name), ...library()])).lines[0] ?? {};

interface Moment {
  readonly kind: string;
  readonly startMs: number | null;
}

const films = [
  'film.avi',
  'film.mts',
  'film.mov',
  'film.mkv',
  'film.webm',
  'film.mpg',
  'film.wmv',
  'film.flv',
];
const sounds = [
  'sound.wma',
  'sound.aiff',
  'sound.m4a',
  'sound.flac',
  'sound.opus',
  'sound.ogg',
  'sound.mp3',
  'sound.wav',
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-kinds-'));
  media = join(folder, 'media');
  mkdirSync(media);
  const drawn = join(folder, 'drawn.mp4');
  await makeFilm(drawn, demoShots);
  const tone = ['-f', 'lavfi', '-t', '3', '-i', 'sine=frequency=440'];
  // Each is of another length: two of one content would be one item.
  for (const [n, name] of films.entries())
    make('-t', String(3 + n / 10), '-i', drawn, ...tone, '-s', '320x180', '-r', '25', '-shortest', name);
  for (const name of sounds) make(...tone, name);
  if (canHdr)
    make(
      ...[
        '-t',
        '3',
        '-i',
        drawn,
        '-vf',
        'zscale=tin=709:min=709:pin=709:rin=limited:t=smpte2084:m=2020_ncl:p=2020:npl=203,format=yuv420p10le',
      ],
      ...[
        '-c:v',
        'libx265',
        '-x265-params',
        'log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
      ],
      'hdr.mp4',
    );
  make('-t', '3', '-i', drawn, 'sdr.mp4');
  make('-ss', '1', '-i', drawn, '-frames:v', '1', 'IMG_0001.jpg');
  make(
    ...['-t', '2', '-i', drawn, '-s', '192x108', '-movflags', 'use_metadata_tags'],
    ...['-metadata', 'com.apple.quicktime.content.identifier=8C1F', 'IMG_0001.mov'],
  );
  make('-f', 'lavfi', '-i', 'color=0x2040c0:size=300x300', '-frames:v', '1', '../cover.png');
  make(
    ...['-f', 'lavfi', '-t', '2', '-i', 'sine=frequency=550', '-i', '../cover.png', '-map', '0', '-map', '1'],
    ...['-c:a', 'libmp3lame', '-c:v', 'copy', '-disposition:v', 'attached_pic', 'song.mp3'],
  );
  const small = ['-i', drawn, '-vf', 'fps=5,scale=320:-2', '-loop', '0'];
  make(...small, 'moves.gif');
  if (has('libwebp_anim')) make(...small, '-c:v', 'libwebp_anim', '-quality', '80', 'moves.webp');
  const added = await runCommandLine(['add', media, ...library()]);
  expect((await runCommandLine(['errors', ...library()])).lines[0]).toEqual({ errors: [] });
  expect(added.lines.at(-1)).toMatchObject({ event: 'done', errors: 0 });
}, TIMEOUT_MS);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(films)('%s is a film with a keyframe', async (name) => {
  const shown = await show(name);
  expect(shown).toMatchObject({ kind: 'video' });
  expect((shown['moments'] as Moment[]).some(({ kind }) => kind === 'keyframe')).toBe(true);
  expect((shown['recording'] as { durationMs: number }).durationMs).toBeGreaterThan(2_500);
});

test.each(sounds)('%s is a sound of three seconds', async (name) => {
  const shown = await show(name);
  expect(shown).toMatchObject({ kind: 'audio' });
  const { durationMs } = shown['recording'] as { durationMs: number };
  expect(Math.abs(durationMs - 3_000)).toBeLessThan(150);
});

/** Mean of each colour of an item's preview. */
async function meanOf(name: string): Promise<number[]> {
  const hash = String((await show(name))['hash']);
  const path = join(folder, 'library', 'previews', hash.slice(0, 2), `${hash}.webp`);
  return (await sharp(path).stats()).channels.slice(0, 3).map(({ mean }) => mean);
}

test.skipIf(!canHdr)('HDR is brought to what it looked like before', async () => {
  expect((await show('hdr.mp4'))['recording']).toMatchObject({ hdr: true });
  const [hdr, sdr] = [await meanOf('hdr.mp4'), await meanOf('sdr.mp4')];
  for (const [i, mean] of hdr.entries()) expect(Math.abs(mean - (sdr[i] ?? 0))).toBeLessThan(12);
});

test('the still and the film of a Live Photo are one item', async () => {
  const { items } = (await runCommandLine(['status', ...library()])).lines[0] as { items: number };
  expect(items).toBe(readdirSync(media).length - 1);
  const [still, film] = [await show('IMG_0001.jpg'), await show('IMG_0001.mov')];
  expect(still).toMatchObject({ kind: 'picture' });
  expect(film['hash']).toBe(still['hash']);
});

test('the cover inside a sound is its preview', async () => {
  const [red = 0, green = 0, blue = 0] = await meanOf('song.mp3');
  expect(Math.abs(red - 0x20)).toBeLessThan(8);
  expect(Math.abs(green - 0x40)).toBeLessThan(8);
  expect(Math.abs(blue - 0xc0)).toBeLessThan(8);
  expect(await show('song.mp3')).toMatchObject({ kind: 'audio' });
});

describe.each(['moves.gif', 'moves.webp'])('%s, an animated picture', (name) => {
  test('stays a picture, and is found by what it shows later, at its second', async (context) => {
    if (!existsSync(join(media, name))) context.skip();
    const answer = (await runCommandLine(['search', 'airplane is:animated', '--all', ...library()])).lines[0];
    const results = answer?.['results'] as { path: string; kind: string; moments: Moment[] }[];
    const result = results.find(({ path }) => path === join(media, name));
    expect(result).toMatchObject({ kind: 'picture' });
    expect(result?.moments[0]).toMatchObject({ kind: 'keyframe' });
    // The fifth shot of four seconds.
    expect(result?.moments[0]?.startMs).toBeGreaterThanOrEqual(16_000);
    expect(result?.moments[0]?.startMs).toBeLessThan(20_000);
    const moments = (await show(name))['moments'] as Moment[];
    expect(moments.filter(({ kind }) => kind === 'keyframe')).toHaveLength(5);
  });
});
