// Unit tests of subtitles: every form, in every encoding, as badly written as they are.
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { parseSubtitles } from './read-subtitles.ts';
import { belongsTo, isSubtitleName, languageOfName, stemsFor } from './subtitle-names.ts';
import { lyricsOfTags } from './tag-lyrics.ts';

const cues = (text: string) =>
  parseSubtitles(text).map(({ startMs, endMs, text: said }) => [startMs, endMs, said]);

describe('SubRip', () => {
  test('gives times and texts, tags and places taken out', () => {
    const text =
      '1\n00:00:00,000 --> 00:00:00,999\nHildy!\n\n2\n00:00:01,000 --> 00:00:01,499\n{\\an8}<i>How</i>\nare you?\n';
    expect(cues(text)).toEqual([
      [0, 999, 'Hildy!'],
      [1000, 1499, 'How are you?'],
    ]);
  });

  test('is read without spaces, numbers and empty lines, with Windows line ends and points', () => {
    const text =
      '\uFEFF1\r\n0:0:1,5-->0:0:2.25 X1:1\r\nOne\r\n00:00:03,000 -> 00:00:04,000\r\nTwo\r\n\r\nstill two\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n12\r\n';
    expect(cues(text)).toEqual([
      [1500, 2250, 'One'],
      [3000, 4000, 'Two still two'],
      [5000, 6000, '12'],
    ]);
  });

  test('leaves out what says nothing and orders by time', () => {
    const text =
      '1\n00:00:09,000 --> 00:00:10,000\nlater\n\n2\n00:00:01,000 --> 00:00:02,000\n♪ ♪\n\n3\n00:00:03,000 --> 00:00:04,000\nsooner\n';
    expect(cues(text).map((cue) => cue[2])).toEqual(['sooner', 'later']);
  });
});

test('WebVTT: names of cues, notes and styles are no text; entities and voices are read', () => {
  const text =
    'WEBVTT - a title\n\nSTYLE\n::cue { color: red }\n\nNOTE nothing\nmore nothing\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Bob>Salt &amp; <c.loud>pepper</c> <00:01.500>now\n\n01:00:03.250 --> 01:00:04.000\nlate\n';
  expect(cues(text)).toEqual([
    [1000, 2000, 'Salt & pepper now'],
    [3603250, 3604000, 'late'],
  ]);
});

test('SubStation: spoken lines in the order of the Format line, commas kept, drawings and comments left out', () => {
  const text =
    '[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Text\nComment: 0,0:00:00.00,0:00:01.00,D,no\nDialogue: 0,0:00:01.00,0:00:02.50,D,{\\pos(1,2)}Hello,\\Nworld\nDialogue: 0,0:00:03.00,0:00:04.00,D,{\\p1}m 0 0 l 1 1{\\p0}\n';
  expect(cues(text)).toEqual([[1000, 2500, 'Hello, world']]);
});

test('LRC: several times before a line, an offset, a line lasts to the next', () => {
  const text = '[ti:Song]\n[offset:+500]\n[00:10.50][00:30.50]Refrain\n[00:12.00]<00:12.10>Verse\n';
  expect(cues(text)).toEqual([
    [10000, 11500, 'Refrain'],
    [11500, 21500, 'Verse'],
    [30000, 40000, 'Refrain'],
  ]);
});

test('lyrics in tags: verses of plain lines, or lines with times', () => {
  expect(lyricsOfTags({ title: 'x', 'lyrics-eng': 'a\nb\nc\nd\ne\n' })).toEqual({
    origin: 'lyrics-eng',
    language: 'eng',
    cues: [
      { startMs: null, endMs: null, text: 'a / b / c / d' },
      { startMs: null, endMs: null, text: 'e' },
    ],
  });
  expect(lyricsOfTags({ unsyncedlyrics: '[00:01.00]Hello' })?.cues[0]?.startMs).toBe(1000);
  expect(lyricsOfTags({ title: 'no lyrics' })).toBeNull();
});

describe('encodings', () => {
  const korean =
    '1\n00:00:01,000 --> 00:00:02,000\n안녕하세요, 오늘은 날씨가 아주 좋네요.\n\n2\n00:00:03,000 --> 00:00:04,000\n그래서 바닷가에 가기로 했습니다.\n';
  /** Bytes of these texts, made with iconv, so that no encoder of ours proves itself right. */
  const eucKr = Buffer.from(
    'MQowMDowMDowMSwwMDAgLS0+IDAwOjAwOjAyLDAwMAq+yLPnx8+8vL/kLCC/wLTDwLogs6++vrChIL7GwdYgwcGz17/kLiCx17ehvK0gudm05bChv6EgsKGx4rfOIMffvcC0z7TZLgo=',
    'base64',
  );

  test.each([
    ['UTF-8', Buffer.from(korean)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${korean}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${korean}`, 'utf16le')],
    ['UTF-16 without', Buffer.from(korean, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${korean}`, 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    expect(parseSubtitles(decodeText(bytes))[0]?.text).toBe('안녕하세요, 오늘은 날씨가 아주 좋네요.');
  });

  test('EUC-KR and Windows-1252 are told by their letters', () => {
    expect(decodeText(eucKr)).toContain('안녕하세요, 오늘은');
    expect(
      decodeText(
        Buffer.from('Où est la bibliothèque où l’été s’achève, mon garçon ?'.replaceAll('’', "'"), 'latin1'),
      ),
    ).toContain('été');
  });
});

describe('names', () => {
  test('say which media a file belongs to and in which language it is', () => {
    expect(isSubtitleName('film.SRT')).toBe(true);
    expect(isSubtitleName('.srt')).toBe(false);
    expect(belongsTo('a/film.ko.forced.srt', 'a/film', '.mp4')).toBe(true);
    expect(belongsTo('a/film.mp4.srt', 'a/film', '.mp4')).toBe(true);
    expect(belongsTo('a/film.part2.srt', 'a/film', '.mp4')).toBe(false);
    expect(belongsTo('a/filmed.srt', 'a/film', '.mp4')).toBe(false);
    expect(languageOfName('a/film.pt-BR.srt', 'a/film')).toBe('pt-BR');
    expect(languageOfName('a/film.srt', 'a/film')).toBeNull();
    expect(stemsFor('a/film.ko.forced.srt')).toEqual(['a/film.ko.forced', 'a/film.ko', 'a/film']);
  });
});
