// Runs under Vitest: forty films and sounds that are broken or mean harm, through the command line.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe } from '../../library/media/ffmpeg/probe.ts';
import { programs } from '../../library/media/ffmpeg/programs.ts';
import { runCommandLine, type Ended } from '../support/command-line.ts';
import { box, noise, u32be } from './bytes.ts';

const TIMEOUT_MS = 600_000;
const onLinux = process.platform === 'linux';
const namespace = ['unshare', process.getuid?.() === 0 ? '-n' : '-cn'];
const isolated = onLinux && spawnSync(namespace[0] ?? '', [...namespace.slice(1), 'true']).status === 0;
const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
if (!enduring) console.log('Skipped: hostile films, a minute and more; AFTERIMAGE_ENDURANCE=1 runs them.');

/** `fails`: it is in `errors`; `reads`: it is an item without an error; `either`; `ignored`: neither. */
type Made = readonly [
  name: string,
  outcome: 'fails' | 'reads' | 'either' | 'ignored',
  content: Buffer | string,
];

describe.skipIf(!onLinux || !enduring)('hostile films and sounds', () => {
  let folder = '';
  let media = '';
  let trap: Server;
  const trapped: string[] = [];
  let made: Made[] = [];
  let added: Ended;
  let errors: { path: string; step: string; code: string; reason: string }[] = [];
  let items: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'afterimage-bad-films-'));
    media = join(folder, 'media');
    mkdirSync(media);
    trap = createServer((request, response) => {
      trapped.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    made = await contents(folder, `http://127.0.0.1:${String((trap.address() as AddressInfo).port)}`);
    for (const [name, , content] of made) writeFileSync(join(media, name), content);
    symlinkSync('/dev/zero', join(media, 'device.mp4'));
    execFileSync('mkfifo', [join(media, 'pipe.mp4')]);
    made.push(['device.mp4', 'fails', ''], ['pipe.mp4', 'fails', '']);
    const library = ['--library', join(folder, 'library')];
    added = await runCommandLine(['add', media, ...library], {
      before: isolated ? namespace : [],
      imports: [new URL('./no-connections.ts', import.meta.url).href],
    });
    errors = (await runCommandLine(['errors', ...library])).lines[0]?.['errors'] as typeof errors;
    const all = await runCommandLine(['search', '--limit', '500', ...library]);
    items = (all.lines[0]?.['results'] as { path: string }[]).map((result) => result.path);
  }, TIMEOUT_MS);

  afterAll(() => {
    trap.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('there are at least forty of them, and the run comes to its end', () => {
    expect(made.length).toBeGreaterThanOrEqual(40);
    expect(added.errors).not.toContain('A CONNECTION WAS TRIED');
    expect(added.code).toBe(0);
  });

  test('each becomes what it must: an item, or a named error', () => {
    const became = made.map(([name, outcome]) => {
      const failed = errors.some((row) => row.path.endsWith(`/media/${name}`));
      const reads = items.some((path) => path.endsWith(`/media/${name}`));
      const is = failed ? 'fails' : reads ? 'reads' : 'ignored';
      return { name, is: outcome === 'either' && is !== 'ignored' ? 'either' : is };
    });
    expect(became).toEqual(made.map(([name, is]) => ({ name, is })));
  });

  test('every failure is a sentence with a code, and none of them is ours', () => {
    for (const { path, code, reason } of errors) {
      expect([path, reason]).toEqual([path, expect.stringMatching(/^\S.{10,}\.$/s)]);
      expect([path, code]).not.toEqual([path, 'INTERNAL']);
    }
  });

  test('nothing was asked for from outside, also when ffprobe is given them as they are', async () => {
    for (const [name] of made)
      if (!/^(device|pipe)\./.test(name)) await probe(join(media, name)).catch(() => null);
    expect(trapped).toEqual([]);
  });
});

async function contents(folder: string, trap: string): Promise<Made[]> {
  const { ffmpeg } = await programs();
  const secret = join(folder, 'secret.txt');
  writeFileSync(secret, 'not for your eyes');
  const make = (name: string, ...args: string[]): Buffer => {
    const path = join(folder, name);
    execFileSync(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...args, path]);
    return readFileSync(path);
  };
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=10:duration=3', '-pix_fmt', 'yuv420p'];
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=3'];
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
  const mp4 = make('a.mp4', ...picture, ...x264);
  const fast = make('f.mp4', ...picture, ...x264, '-movflags', '+faststart');
  const mkv = make('a.mkv', ...picture, ...x264);
  const webm = make('a.webm', ...picture, '-c:v', 'libvpx', '-deadline', 'realtime');
  const avi = make('a.avi', ...picture, '-c:v', 'mpeg4');
  const ts = make('a.ts', ...picture, ...x264);
  const mp3 = make('a.mp3', ...tone, '-c:a', 'libmp3lame');
  const flac = make('a.flac', ...tone);
  const wav = make('a.wav', ...tone);
  const ogg = make('a.ogg', ...tone, '-c:a', 'libvorbis');
  const png = make('a.png', ...picture, '-frames:v', '1');
  const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));
  const holed = (bytes: Buffer): Buffer => {
    const spoilt = Buffer.from(bytes);
    noise(Math.floor(bytes.length / 3)).copy(spoilt, Math.floor(bytes.length / 2));
    return spoilt;
  };
  /** A field of the sample description of the picture set to something that is too large. */
  const huge = Buffer.from(mp4);
  const avc1 = huge.indexOf('avc1', huge.indexOf('stsd'));
  huge.writeUInt16BE(65_000, avc1 + 28);
  huge.writeUInt16BE(65_000, avc1 + 30);
  const encrypted = Buffer.from(mp4);
  encrypted.write('encv', encrypted.indexOf('avc1', encrypted.indexOf('stsd')), 'latin1');
  const ftyp = box('ftyp', Buffer.from('isom\x00\x00\x02\x00isomiso2avc1mp41', 'latin1'));
  const endless = Buffer.concat([
    ftyp,
    box('free', Buffer.alloc(8)),
    u32be(1),
    Buffer.from('moov'),
    Buffer.alloc(8, 0x7f),
  ]);
  const nested = (depth: number): Buffer =>
    Array.from({ length: depth }).reduce<Buffer>((inside) => box('udta', inside), Buffer.alloc(0));
  const list = (...lines: string[]): string => `${lines.join('\n')}\n`;
  const hls = list('#EXTM3U', '#EXT-X-TARGETDURATION:5', '#EXTINF:5,', `${trap}/a.ts`, '#EXT-X-ENDLIST');
  const id3 = Buffer.concat([
    Buffer.from('ID3\x03\x00\x00', 'latin1'),
    Buffer.from([0x7f, 0x7f, 0x7f, 0x7f]),
  ]);
  return [
    ['good.mp4', 'reads', mp4],
    ['good.mkv', 'reads', mkv],
    ['good.mp3', 'reads', mp3],
    ['cut-no-index.mp4', 'fails', cut(mp4, 0.5)],
    ['cut-late.mp4', 'either', cut(fast, 0.6)],
    ['cut-head.mp4', 'fails', mp4.subarray(0, 40)],
    ['cut.mkv', 'either', cut(mkv, 0.5)],
    ['cut-head.mkv', 'fails', mkv.subarray(0, 60)],
    ['cut.webm', 'either', cut(webm, 0.4)],
    ['cut.avi', 'either', cut(avi, 0.5)],
    ['cut.mts', 'either', cut(ts, 0.5)],
    ['whole.ts', 'ignored', ts],
    ['cut.mp3', 'either', cut(mp3, 0.3)],
    ['cut.flac', 'either', cut(flac, 0.3)],
    ['cut.ogg', 'either', cut(ogg, 0.4)],
    ['cut-head.wav', 'fails', wav.subarray(0, 20)],
    ['holed.mp4', 'either', holed(fast)],
    ['holed.mkv', 'either', holed(mkv)],
    ['holed.avi', 'either', holed(avi)],
    ['empty.mp4', 'fails', ''],
    ['empty.mp3', 'fails', ''],
    ['noise.mp4', 'fails', noise(50_000)],
    ['noise.mp3', 'either', noise(50_000)],
    ['text.mov', 'fails', 'this is a note and no film\n'.repeat(200)],
    ['picture.mp4', 'reads', png],
    ['film.jpg', 'reads', make('b.mp4', ...picture, ...x264, '-metadata', 'title=film.jpg')],
    ['program.avi', 'fails', readFileSync('/bin/true')],
    ['zip.mkv', 'fails', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), noise(2000)])],
    ['huge.mp4', 'either', huge],
    ['encrypted.mp4', 'either', encrypted],
    ['endless-box.mp4', 'fails', endless],
    ['deep.mp4', 'fails', Buffer.concat([ftyp, box('moov', nested(2000))])],
    ['long-tag.mp3', 'either', Buffer.concat([id3, noise(200_000)])],
    [
      'many-tags.mp4',
      'fails',
      Buffer.concat([
        ftyp,
        box(
          'moov',
          box('udta', Buffer.concat(Array.from({ length: 20_000 }, () => box('name', Buffer.alloc(40, 65))))),
        ),
      ]),
    ],
    ['hls.mp4', 'fails', hls],
    ['hls.mts', 'fails', hls],
    ['hls.ts', 'ignored', hls],
    ['concat.mp4', 'fails', list('ffconcat version 1.0', `file '${secret}'`)],
    ['concat-protocol.mkv', 'fails', list('ffconcat version 1.0', `file 'concat:${secret}|${secret}'`)],
    ['data.mp4', 'fails', list('#EXTM3U', 'data:video/mp4;base64,AAAA')],
    [
      'dash.mp4',
      'fails',
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT5S"><Period><AdaptationSet><Representation id="1"><BaseURL>${trap}/b.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    ],
    [
      'session.mov',
      'fails',
      list(
        'v=0',
        'o=- 0 0 IN IP4 127.0.0.1',
        's=x',
        'c=IN IP4 127.0.0.1',
        't=0 0',
        'm=video 5004 RTP/AVP 96',
      ),
    ],
    ['list.asf', 'fails', list('[Reference]', `Ref1=${trap}/c.asf`)],
    ['subfile.avi', 'fails', list('#EXTM3U', `subfile,,start,0,end,10,,:${secret}`)],
    ['concat:a|b.mp4', 'reads', make('c.mp4', ...picture, ...x264, '-metadata', 'title=concat')],
    ['-i x.mp4', 'reads', make('d.mp4', ...picture, ...x264, '-metadata', 'title=dash')],
    ["$(touch pwned) '.mp4", 'reads', make('e.mp4', ...picture, ...x264, '-metadata', 'title=shell')],
  ];
}
