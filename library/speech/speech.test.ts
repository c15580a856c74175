// Unit tests of hearing: stretches, parts, joining, sentences, what is invented. The recogniser is a double here.
import { describe, expect, test } from 'vitest';
import { PackId } from '../../contract/index.ts';
import type { HeardWord, Recogniser, VoiceDetector } from '../ports.ts';
import { hear, hearingFromStart, type HeardPart } from './hear.ts';
import { createInventedFilter } from './invented.ts';
import { joinOverlap } from './join.ts';
import { joinPieces } from './part.ts';
import { groupWords, sentenceOf } from './sentences.ts';
import { createStretches } from './stretches.ts';

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}

const word = (text: string, startMs: number, endMs: number): HeardWord => ({
  text: ` ${text}`,
  startMs,
  endMs,
});
const said = (words: readonly HeardWord[]): string =>
  words
    .map(({ text }) => text)
    .join('')
    .trim();

describe('stretches', () => {
  const windows = (probability: number, n: number): number[] => Array.from({ length: n }, () => probability);

  test('end with a pause, are padded, and clicks are none', () => {
    const stretches = createStretches(32, 60_000);
    const found = stretches.add([
      ...windows(0, 20),
      ...windows(0.9, 3),
      ...windows(0, 30),
      ...windows(0.9, 40),
      ...windows(0, 30),
    ]);
    expect(found).toEqual([{ startMs: 53 * 32 - 200, endMs: 93 * 32 + 200, cut: false }]);
  });

  test('are cut where they are too long, the next one begins five seconds before', () => {
    const stretches = createStretches(32, 10_000);
    const found = [...stretches.add(windows(0.9, 500)), ...stretches.end()];
    expect(found.map(({ cut }) => cut)).toEqual([true, true, false]);
    expect(found[1]?.startMs).toBe((found[0]?.endMs ?? 0) - 5_000);
  });
});

test('times of words are put back to where their stretch lies in the file', () => {
  const part = joinPieces([
    { startMs: 10_000, samples: new Int16Array(16_000) },
    { startMs: 50_000, samples: new Int16Array(16_000) },
  ]);
  expect(part.sound.length).toBe(16_000 * 2.3);
  const segment = {
    ...{ startMs: 0, endMs: 2_300, averageLogProbability: -0.1 },
    words: [word('one', 100, 900), word('two', 1_350, 2_250), word('ghost', 2_400, 3_000)],
  };
  expect(part.wordsOf(segment)).toEqual([word('one', 10_100, 10_900), word('two', 50_050, 50_950)]);
});

describe('joining', () => {
  test('a word that straddles the cut is there once, whole', () => {
    const before = [
      word('we', 0, 400),
      word('went', 400, 900),
      word('straight', 1_900, 2_700),
      word('ho', 2_700, 3_000),
    ];
    const after = [word('aight', 1_000, 1_300), word('straight', 2_000, 2_750), word('home', 2_750, 3_300)];
    expect(said(joinOverlap(before, after, 1_000, 3_000))).toBe('we went straight home');
  });

  test('without a word in common it changes over in the middle', () => {
    const before = [word('a', 0, 400), word('b', 1_000, 1_400), word('x', 2_400, 2_800)];
    const after = [word('y', 1_100, 1_500), word('c', 2_300, 2_700), word('d', 3_000, 3_400)];
    expect(said(joinOverlap(before, after, 1_000, 3_000))).toBe('a b c d');
  });
});

describe('sentences', () => {
  const spoken = (text: string): HeardWord[] =>
    text.split(' ').map((one, i) => word(one, i * 300, i * 300 + 280));

  test('short ones stand together, long ones alone', () => {
    const words = spoken('Yes. No. I think so. This is a sentence of its own. And one more');
    expect(groupWords(words).map((group) => sentenceOf(group).text)).toEqual([
      'Yes. No. I think so.',
      'This is a sentence of its own.',
      'And one more',
    ]);
  });

  test('nobody speaks for ever: without a full stop they are cut after a clause', () => {
    const groups = groupWords(
      spoken(Array.from({ length: 90 }, (_, i) => (i % 12 === 11 ? 'so,' : 'on')).join(' ')),
    );
    expect(groups.every((group) => group.length <= 40)).toBe(true);
    expect(groups[0]?.at(-1)?.text).toBe(' so,');
    expect(groups.flat()).toHaveLength(90);
  });
});

test('repetition and guesses are dropped', () => {
  const segment = (text: string, averageLogProbability = -0.2) => ({
    ...{ startMs: 0, endMs: 1, averageLogProbability },
    words: [word(text, 0, 1)],
  });
  const filter = createInventedFilter();
  const all = ['Thank you.', 'Thank you.', 'Thank you.', 'no no '.repeat(40), 'A plain sentence, once.'];
  expect(all.map((text) => filter.isInvented(segment(text)))).toEqual([false, false, true, true, false]);
  expect(filter.isInvented(segment('Mumbling', -1.4))).toBe(true);
});

describe('hearing a long sound', () => {
  /** 70 s of one voice without a pause; the recogniser hears a numbered word each second, by the sample values. */
  const SECONDS = 70;
  const sound = Int16Array.from({ length: SECONDS * 16_000 }, (_, i) => Math.floor(i / 16_000) + 1);
  const voices: VoiceDetector = {
    windowSamples: 512,
    stream: () => ({
      judge: async (samples) => new Float32Array(Math.floor(samples.length / 512)).fill(0.9),
    }),
    close: async () => {},
  };
  const recogniser: Recogniser = {
    packId: PackId.parse('double'),
    transcribe: async (samples) => {
      const words: HeardWord[] = [];
      for (let i = 0; i < samples.length; i++) {
        const second = samples[i] ?? 0;
        const text = ` word${String(second)}${second % 10 === 0 ? '.' : ''}`;
        const last = words.at(-1);
        if (second === 0) continue;
        if (last?.text === text) words[words.length - 1] = { ...last, endMs: i / 16 };
        else words.push({ text, startMs: i / 16, endMs: i / 16 });
      }
      return {
        language: 'en',
        segments: [{ startMs: 0, endMs: samples.length / 16, words, averageLogProbability: -0.1 }],
      };
    },
  };
  async function* pieces(from = 0) {
    for (let at = from; at < sound.length; at += 8_192) yield sound.slice(at, at + 8_192);
  }
  const all = (parts: readonly HeardPart[]) => parts.flatMap(({ sentences }) => sentences);
  const expected = Array.from(
    { length: SECONDS },
    (_, i) => `word${String(i + 1)}${(i + 1) % 10 === 0 ? '.' : ''}`,
  );
  const options = { voices, recogniser, partMs: 20_000, signal: new AbortController().signal };

  test('parts are joined without loss or doubling, at the right times', async () => {
    const parts = await gathered(hear({ ...options, sound: pieces(), state: hearingFromStart }));
    expect(parts.length).toBeGreaterThan(3);
    expect(
      all(parts)
        .map(({ text }) => text)
        .join(' ')
        .split(' '),
    ).toEqual(expected);
    for (const { text, startMs } of all(parts))
      expect(Math.abs((startMs ?? 0) - (Number(/\d+/.exec(text)?.[0]) - 1) * 1000)).toBeLessThan(50);
  });

  test('after a stop it goes on where it was', async () => {
    const heard: HeardPart[] = [];
    for await (const part of hear({ ...options, sound: pieces(), state: hearingFromStart })) {
      heard.push(part);
      if (heard.length === 2) break;
    }
    const state = JSON.parse(JSON.stringify(heard.at(-1)?.state)) as HeardPart['state'];
    expect(state.fromMs).toBeGreaterThan(10_000);
    const rest = hear({ ...options, sound: pieces(Math.round(state.fromMs * 16)), state });
    heard.push(...(await gathered(rest)));
    expect(
      all(heard)
        .map(({ text }) => text)
        .join(' ')
        .split(' '),
    ).toEqual(expected);
  });
});
