// Runs under Vitest: the real ffmpeg under its limits, on media made by itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeAudio, SAMPLE_RATE } from './audio.ts';
import { probe } from './probe.ts';
import { abilities, programs } from './programs.ts';
import { run } from './run.ts';
import { extractSubtitles } from './subtitles.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterimage-ffmpeg-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string): string => join(folder, name);
const { ffmpeg } = await programs();
const make = (...args: string[]): void => {
  execFileSync(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...args], { cwd: folder });
};

/** Child processes of this one whose command line names our folder. */
function childrenLeft(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return /^\d+$/.test(pid) && line.includes(`file:${folder}`) ? [line] : [];
    } catch {
      return [];
    }
  });
}

/** Writes the matrix of a camera held upright into a track's header (ISO/IEC 14496-12, tkhd version 0). */
function turnClockwise(path: string): void {
  const bytes = readFileSync(path);
  const matrix = bytes.indexOf('tkhd') + 4 + 40;
  [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000].forEach((value, i) =>
    bytes.writeInt32BE(value, matrix + i * 4),
  );
  writeFileSync(path, bytes);
}

beforeAll(() => {
  writeFileSync(at('words.srt'), '1\n00:00:00,500 --> 00:00:01,500\nHello there\n');
  make(
    ...['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25:duration=3'],
    ...[
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=440:duration=3',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=880:duration=3',
    ],
    ...['-i', 'words.srt', '-map', '0', '-map', '1', '-map', '2', '-map', '3'],
    ...['-c:v', 'mpeg4', '-c:a', 'aac', '-c:s', 'mov_text', '-metadata', 'title=Three seconds'],
    ...['-metadata:s:a:1', 'language=kor', '-metadata:s:s:0', 'language=eng', "it's a film, 1.mp4"],
  );
  make('-f', 'lavfi', '-i', 'sine=frequency=440:duration=20', '-ar', '44100', 'tone.wav');
});

it('tells tracks, length, languages and tags', async () => {
  const found = await probe(at("it's a film, 1.mp4"));
  expect(found).toMatchObject({
    video: { codec: 'mpeg4', width: 320, height: 240, rotation: 0, framesPerSecond: 25, hdr: false },
    coverIndex: null,
    subtitles: [{ codec: 'mov_text', language: 'eng', isText: true }],
    tags: { title: 'Three seconds' },
  });
  expect(found.audio.map((track) => track.language)).toEqual([null, 'kor']);
  expect(found.durationMs).toBeGreaterThanOrEqual(2990);
  expect(found.durationMs).toBeLessThan(3200);
});

it('tells upright size by rotation and by the shape of pixels', async () => {
  make('-i', "it's a film, 1.mp4", '-map', '0:v', '-c', 'copy', 'turned.mov');
  turnClockwise(at('turned.mov'));
  make('-i', "it's a film, 1.mp4", '-map', '0:v', '-c:v', 'mpeg4', '-vf', 'setsar=2/1', 'wide.avi');
  expect((await probe(at('turned.mov'))).video).toMatchObject({ width: 240, height: 320, rotation: 90 });
  expect((await probe(at('wide.avi'))).video).toMatchObject({ width: 640, height: 240 });
});

it('takes cover art for no film', async () => {
  make('-f', 'lavfi', '-i', 'color=red:size=64x64', '-frames:v', '1', 'cover.png');
  make(
    ...['-i', 'tone.wav', '-i', 'cover.png', '-map', '0', '-map', '1', '-t', '1'],
    ...['-c:a', 'libmp3lame', '-c:v', 'copy', '-disposition:v', 'attached_pic', 'song.mp3'],
  );
  const found = await probe(at('song.mp3'));
  expect(found.video).toBeNull();
  expect(found.coverIndex).toBe(1);
});

it('gives sound as 16 kHz mono, whole and in part', async () => {
  const count = async (wants: Parameters<typeof decodeAudio>[1]): Promise<number> => {
    let samples = 0;
    for await (const chunk of decodeAudio(at('tone.wav'), wants)) samples += chunk.length;
    return samples / SAMPLE_RATE;
  };
  expect(await count({})).toBeCloseTo(20, 1);
  expect(await count({ fromMs: 5000, untilMs: 7500 })).toBeCloseTo(2.5, 2);
});

it('gives the text of a subtitle track', async () => {
  const film = at("it's a film, 1.mp4");
  const track = (await probe(film)).subtitles[0]?.index ?? -1;
  expect(await extractSubtitles(film, track)).toMatch(/00:00\.500 --> 00:01\.500\s+Hello there/);
});

it('leaves no process when cancelled, left early or silent for too long', async () => {
  const cancel = new AbortController();
  const sound = decodeAudio(at('tone.wav'), {}, cancel.signal);
  await sound.next();
  cancel.abort();
  await expect(
    (async () => {
      for await (const _ of sound) continue;
    })(),
  ).rejects.toMatchObject({ name: 'AbortError' });
  for await (const _ of decodeAudio(at('tone.wav'))) break;
  const stuck = await run('ffmpeg', ['-re', '-i', `file:${at('tone.wav')}`, '-f', 'null', '-'], {
    silenceMs: 300,
  });
  await expect(stuck.ended).rejects.toMatchObject({ code: 'MEDIA_TIMED_OUT' });
  await expect.poll(childrenLeft).toEqual([]);
});

it('opens no other file and no host for what the bytes ask for', async () => {
  mkdirSync(at('bad'));
  const lists: Record<string, string> = {
    'list.mp4': "ffconcat version 1.0\nfile 'song.mp3'\n",
    'list.mkv': '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n',
    'words.mov': 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
    'dash.webm': '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"></MPD>',
  };
  for (const [name, text] of Object.entries(lists)) {
    writeFileSync(at(`bad/${name}`), text);
    await expect(probe(at(`bad/${name}`)), name).rejects.toMatchObject({
      code: expect.stringMatching(/^MEDIA_(UNSAFE|DAMAGED)$/) as string,
    });
  }
});

it('says what the ffmpeg in use can decode', async () => {
  const { programs: inUse, decodes } = await abilities();
  expect(inUse.version).not.toBe('unknown');
  expect(decodes).toEqual(expect.arrayContaining(['h264', 'aac', 'mp3']));
});
