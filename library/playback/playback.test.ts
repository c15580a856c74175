// Tests what a player is given: forms for browsers, peaks, transcripts as files, clips, places to write to, the cache.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { MomentId, TranscriptLine, WorkProgress } from '../../contract/index.ts';
import { temporaryFolder } from '../../test/support/picture-folder.ts';
import { createCacheFolder } from '../cache-folder.ts';
import { probe } from '../media/ffmpeg/probe.ts';
import { programs } from '../media/ffmpeg/programs.ts';
import { browserForm, tracksOf } from './browser-form.ts';
import { clipForm, writeClip } from './clip.ts';
import { checkDestination, takeName } from './destination.ts';
import { encoders, encodersIn } from './encoders.ts';
import { FEWEST_PIECES, PeakMeter } from './peak-meter.ts';
import { createPrepared } from './prepared.ts';
import { transcriptText } from './transcript-text.ts';

const run = promisify(execFile);
const all = new Set(['libx264', 'aac', 'libopus', 'libvpx']);
const track = (codec: string, index: number) => ({ codec, index });

async function film(path: string, ...options: string[]): Promise<void> {
  const { ffmpeg } = await programs();
  const source = [
    '-f',
    'lavfi',
    '-t',
    '3',
    '-i',
    'testsrc=s=160x90:r=10',
    '-f',
    'lavfi',
    '-t',
    '3',
    '-i',
    'sine',
  ];
  await run(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...source, ...options, path]);
}

test('what a browser plays is copied, what it does not is encoded, in a container for both', () => {
  const plays = new Set(['h264', 'aac', 'vp8', 'opus']);
  const form = (video: string, audio: string, encodeAll = false) =>
    browserForm({ video: track(video, 0), audio: track(audio, 1) }, plays, all, encodeAll);
  expect(form('h264', 'aac')).toMatchObject({ extension: 'mp4', encodes: false });
  expect(form('vp8', 'opus')).toMatchObject({ extension: 'webm', encodes: false });
  expect(form('h264', 'ac3')?.options).toEqual(expect.arrayContaining(['0:0', 'copy', '0:1', 'aac']));
  expect(form('mpeg4', 'mp3')?.options).toContain('libx264');
  expect(form('h264', 'aac', true)?.options).toContain('libx264');
  expect(browserForm({ video: track('mpeg4', 0), audio: null }, plays, new Set(), false)).toBeNull();
  expect(browserForm({ video: null, audio: track('aac', 0) }, plays, all, false)?.mediaType).toBe(
    'audio/mp4',
  );
});

test('encoders are read from the list of ffmpeg', () => {
  const list =
    'Encoders:\n V..... = Video\n ------\n V....D libx264              H.264\n A....D aac                  AAC\n';
  expect([...encodersIn(list)].filter((name) => name !== '=')).toEqual(['libx264', 'aac']);
});

test('peaks keep their place whatever the length, and their number is bounded', () => {
  const meter = new PeakMeter();
  const samples = 1_000_000;
  for (let at = 0; at < samples; at += 1000)
    meter.add(new Int16Array(1000).fill(at === samples / 2 ? -32_768 : 100));
  const peaks = [...meter.peaks()];
  expect(peaks.length).toBeGreaterThanOrEqual(FEWEST_PIECES / 2);
  expect(peaks.length).toBeLessThanOrEqual(FEWEST_PIECES * 2);
  const loud = peaks.indexOf(Math.max(...peaks));
  expect(peaks[loud]).toBe(255);
  expect(loud / peaks.length).toBeCloseTo(0.5, 1);
});

test('a transcript is written as SubRip, WebVTT and text', () => {
  const line = (startMs: number, endMs: number, text: string): TranscriptLine => ({
    ...{ momentId: 1 as MomentId, startMs, endMs, text },
  });
  const lines = [line(500, 2000, 'One & two'), line(3_600_000, 3_601_050, 'a\n\nb <i>')];
  expect(transcriptText(lines, 'srt')).toBe(
    '1\n00:00:00,500 --> 00:00:02,000\nOne & two\n\n2\n01:00:00,000 --> 01:00:01,050\na\nb <i>\n',
  );
  expect(transcriptText(lines, 'vtt')).toBe(
    'WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nOne &amp; two\n\n01:00:00.000 --> 01:00:01.050\na\nb &lt;i&gt;\n',
  );
  expect(transcriptText(lines, 'txt')).toBe('One & two\n\na\nb <i>\n');
});

test('a place is refused when it is ours, or watched and not meant; a name is never taken twice', async () => {
  using folder = temporaryFolder();
  const [own, root, free] = ['library', 'root/below', 'free'].map((name) => join(folder.path, name));
  for (const path of [own, root, free]) mkdirSync(path!, { recursive: true });
  const places = { ownFolder: own!, rootPaths: [join(folder.path, 'root')] };
  const check = (path: string, evenIfWatched = false) =>
    checkDestination({ folder: path, evenIfWatched }, places);
  await expect(check(own!)).rejects.toMatchObject({ code: 'FOLDER_IN_LIBRARY' });
  await expect(check(root!)).rejects.toMatchObject({ code: 'FOLDER_WATCHED' });
  await expect(check(join(free!, 'none'))).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  expect(await check(root!, true)).toBe(root);
  expect(takeName(free!, 'a.srt')).toBe(join(free!, 'a.srt'));
  expect(takeName(free!, 'a.srt')).toBe(join(free!, 'a 2.srt'));
});

test('a clip has the length that was asked for; a cancelled one leaves nothing', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'film.mkv');
  const into = join(folder.path, 'into');
  mkdirSync(into);
  await film(path, '-c:v', 'mpeg4', '-c:a', 'mp2');
  const form = clipForm(tracksOf(await probe(path)), await encoders());
  const clip = { path, name: 'film', startMs: 700, endMs: 2200, form };
  let last: WorkProgress | undefined;
  for await (const event of writeClip(clip, into)) last = event;
  expect(last).toMatchObject({ share: 1, path: join(into, `film 0m00.7s-0m02.2s${form.extension}`) });
  expect(Math.abs(((await probe(last?.path ?? '')).durationMs ?? 0) - 1500)).toBeLessThan(150);
  const stop = AbortSignal.abort();
  await expect(writeClip(clip, into, stop).next()).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(into)).toHaveLength(1);
  await expect(writeClip({ ...clip, endMs: 700 }, into).next()).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});

test('a film is prepared for a browser, whole or not there', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'old.avi');
  await film(path, '-c:v', 'mpeg4', '-c:a', 'mp2');
  const cache = createCacheFolder(join(folder.path, 'prepared'), 1e9);
  const prepared = createPrepared(cache);
  const request = { plays: ['h264', 'aac', 'vp8', 'opus'], encodeAll: false };
  const left = prepared.make({ hash: 'a', path }, request);
  await left.next();
  await left.return(undefined);
  expect(readdirSync(join(folder.path, 'prepared'))).toEqual([]);
  for await (const _ of prepared.make({ hash: 'a', path }, request));
  const made = prepared.find('a');
  expect(made).not.toBeNull();
  const { video, audio } = await probe(made?.path ?? '');
  expect(request.plays).toEqual(expect.arrayContaining([video?.codec, audio[0]?.codec]));
  cache.forget('a');
  expect(prepared.find('a')).toBeNull();
});

test('of a cache that is too large the least recently used go, and what was unfinished goes first', () => {
  using folder = temporaryFolder();
  const put = (name: string, ageSeconds: number) => {
    writeFileSync(join(folder.path, name), Buffer.alloc(100));
    const then = new Date(Date.now() - ageSeconds * 1000);
    utimesSync(join(folder.path, name), then, then);
  };
  put('half.part', 1);
  const cache = createCacheFolder(folder.path, 250);
  expect(existsSync(join(folder.path, 'half.part'))).toBe(false);
  put('a', 300);
  put('b', 200);
  put('c', 100);
  cache.used(cache.path('a'));
  expect(readdirSync(folder.path).sort()).toEqual(['a', 'c']);
  expect(readFileSync(cache.path('a'))).toHaveLength(100);
});
