// Runs under Vitest: Silero VAD on drawn and real sound, and the real whisper.cpp driven by a model that says one sentence.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PackId } from '../../contract/index.ts';
import { whisperPlaces } from '../../hosts/library-folder.ts';
import { decodeAudio } from '../../library/media/ffmpeg/audio.ts';
import type { Packs, VoiceDetector } from '../../library/ports.ts';
import { hear, hearingFromStart } from '../../library/speech/hear.ts';
import { createStretches, type Stretch } from '../../library/speech/stretches.ts';
import { fixedWords } from '../fixtures/whisper-model.ts';
import { noiseOf, speechOf, speechTrouble } from '../support/spoken.ts';
import { whisperTrouble, writeWhisperPack } from '../support/whisper-pack.ts';
import { createPacks } from '../../native-models/index.ts';
import { findProgram } from '../../native-models/speech/program.ts';
import { readWhisperOutput } from '../../native-models/speech/whisper-output.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'audio');
const [noWhisper, noSpeech] = [await whisperTrouble(), speechTrouble()];
if (noWhisper !== null) console.log(`skipped: the real whisper.cpp is not driven (${noWhisper})`);
if (noSpeech !== null) console.log(`skipped: no speech is made by espeak-ng (${noSpeech})`);
if (!existsSync(shared)) console.log('skipped: the sounds of ../shared/audio are not here');

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}

let folder: string;
let packs: Packs;
let voices: VoiceDetector;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'speech-'));
  packs = createPacks({
    ...{ packsFolder: join(folder, 'packs'), builtInFolder: join(folder, 'built-in'), log: silent },
    whisper: { ...whisperPlaces(), temporaryFolder: join(folder, 'temporary') },
  });
  voices = await packs.speech.openVoices();
});
afterAll(async () => {
  await voices.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stretchesOf(sound: Int16Array): Promise<Stretch[]> {
  const stretches = createStretches(voices.windowSamples / 16, 60_000);
  return [...stretches.add(await voices.stream().judge(sound)), ...stretches.end()];
}

async function soundOf(path: string): Promise<Int16Array> {
  const chunks = await gathered(decodeAudio(path));
  const sound = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    sound.set(chunk, at);
    at += chunk.length;
  }
  return sound;
}

describe('the detector of voices', () => {
  test('hears none in silence, noise and tones', async () => {
    const tone = Int16Array.from({ length: 48_000 }, (_, i) => 8_000 * Math.sin(i / 5));
    for (const sound of [new Int16Array(48_000), noiseOf(3), tone])
      expect(await stretchesOf(sound)).toEqual([]);
  });

  test('pieces of any length give what the whole gives', async () => {
    const sound = noiseOf(2);
    const whole = await voices.stream().judge(sound);
    const stream = voices.stream();
    const parts: number[] = [];
    for (let at = 0; at < sound.length; at += 777)
      parts.push(...(await stream.judge(sound.subarray(at, at + 777))));
    expect(parts.length).toBe(whole.length);
    for (const [i, value] of parts.entries()) expect(value).toBeCloseTo(whole[i] ?? 0, 5);
  });

  test.skipIf(noSpeech !== null).each(['en', 'ko'] as const)(
    'finds espeak-ng in %s between silence and noise',
    async (language) => {
      const spoken = speechOf(
        language,
        language === 'en' ? 'Bring the boat to the harbour at noon.' : '내일 아침에 바다로 갑시다.',
      );
      const gap = 2 * 16_000;
      const sound = new Int16Array(gap + spoken.length + gap + gap);
      sound.set(spoken, gap);
      sound.set(noiseOf(2), gap + spoken.length + gap);
      const found = await stretchesOf(sound);
      expect(found.length).toBeGreaterThan(0);
      const endMs = (gap + spoken.length) / 16;
      for (const stretch of found) {
        expect(stretch.startMs).toBeGreaterThan(2_000 - 400);
        expect(stretch.endMs).toBeLessThan(endMs + 600);
      }
    },
  );

  test.skipIf(!existsSync(shared))('finds speech in every clip of speech and in no other', async () => {
    const found: string[] = [];
    const clips = readdirSync(shared).filter((name) => /\.(wav|flac|ogg)$/.test(name));
    for (const name of clips)
      if ((await stretchesOf(await soundOf(join(shared, name)))).length > 0) found.push(name);
    expect(found).toEqual(clips.filter((name) => !/^(bird|car|dog)/.test(name)));
  });
});

describe('what whisper.cpp writes', () => {
  const token = (text: string, from: number, to: number, p = 0.9) =>
    `{ "text": "${text}", "offsets": { "from": ${String(from)}, "to": ${String(to)} }, "id": 1, "p": ${String(p)} }`;
  const file = (tokens: string) =>
    Buffer.from(
      `{ "result": { "language": "ko" }, "transcription": [ { "offsets": { "from": 0, "to": 900 }, "text": "x\ny", "tokens": [${tokens}] } ] }`,
      'latin1',
    );

  test('letters cut across tokens are put together, marks and line breaks are no trouble', () => {
    const bytes = Buffer.from(' 안녕').toString('latin1');
    const tokens = [
      token('[_BEG_]', 0, 0),
      token(bytes.slice(0, 3), 0, 300),
      token(bytes.slice(3), 300, 600),
      token(' ok.', 600, 900),
    ];
    const { segments } = readWhisperOutput(file(tokens.join(',')));
    expect(segments[0]?.words).toEqual([
      { text: ' 안녕', startMs: 0, endMs: 600 },
      { text: ' ok.', startMs: 600, endMs: 900 },
    ]);
    expect(segments[0]?.averageLogProbability).toBeCloseTo(Math.log(0.9), 5);
  });

  test('anything else is a failure in words', () => {
    expect(() => readWhisperOutput(Buffer.from('{}'))).toThrow('cannot be read');
  });
});

describe.skipIf(noWhisper !== null)('the real whisper.cpp', { timeout: 120_000 }, () => {
  const sentence = 'ask what you can do for your country.';
  const packId = PackId.parse('fixed-sentence');
  const loud = (seconds: number) => Int16Array.from(noiseOf(seconds), (value) => value * 2);

  beforeAll(async () => {
    await packs.import(writeWhisperPack(join(folder, 'pack'), fixedWords(sentence, 2_000)));
  });

  test('gives words with times right to 50 ms and the language, and leaves no file', async () => {
    const recogniser = await packs.speech.openRecogniser(packId, { threads: 2 });
    const { language, segments } = await recogniser.transcribe(loud(16), null);
    expect(language).toBe('en');
    const words = segments.flatMap((segment) => segment.words);
    expect(words.map(({ text }) => text.trim()).slice(0, 8)).toEqual(sentence.split(' '));
    for (const [i, word] of words.entries()) {
      expect(Math.abs(word.startMs - i * 2_000)).toBeLessThan(50);
      expect(segments[i]?.averageLogProbability).toBeGreaterThan(-0.01);
    }
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  });

  test('a cancel leaves neither process nor file', async () => {
    const recogniser = await packs.speech.openRecogniser(packId, { threads: 1 });
    const abort = new AbortController();
    const heard = recogniser.transcribe(loud(60), null, abort.signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    abort.abort();
    await expect(heard).rejects.toThrow('cancelled');
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
    if (process.platform === 'linux') {
      const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'args='], {
        encoding: 'utf8',
      });
      expect(stdout).not.toContain(folder);
    }
  });

  test.skipIf(process.platform !== 'linux')(
    'ends by itself when the process that listens is killed',
    async () => {
      const temporary = join(folder, 'killed');
      const module = new URL('../../native-models/speech/whisper.ts', import.meta.url).href;
      const { program: named, programFolder } = whisperPlaces();
      const program = await findProgram(named, programFolder);
      const listener = `
      const { runWhisper } = await import(${JSON.stringify(module)});
      await runWhisper({
        ...{ program: ${JSON.stringify(program.path)}, model: ${JSON.stringify(join(folder, 'pack', 'model.bin'))} },
        ...{ temporaryFolder: ${JSON.stringify(temporary)}, language: 'en', threads: 1, signal: undefined },
        samples: new Int16Array(16_000 * 1_800).fill(9_000),
      });`;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', listener], { stdio: 'inherit' });
      const heard = () => spawnSync('pgrep', ['-f', `${temporary}/whisper-`], { encoding: 'utf8' }).stdout;
      await expect.poll(heard, { timeout: 20_000 }).not.toBe('');
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      expect(heard()).not.toBe('');
      parent.kill('SIGKILL');
      // By its own processor time, which other work on the machine does not change: to its end it takes twenty seconds.
      let seconds = 0;
      while (heard() !== '' && seconds < 10) {
        const { stdout } = spawnSync('ps', ['-o', 'times=', '-p', heard().trim()], { encoding: 'utf8' });
        seconds = Number(stdout);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const left = heard().trim();
      if (left !== '') process.kill(Number(left), 'SIGKILL');
      expect(left).toBe('');
    },
  );

  test.skipIf(!existsSync(shared))(
    'a real recording goes the same way: decoded, searched for voices, heard',
    async () => {
      const heard = await gathered(
        hear({
          ...{ sound: decodeAudio(join(shared, 'jfk.flac')), voices, state: hearingFromStart },
          recogniser: await packs.speech.openRecogniser(packId, { threads: 2 }),
          signal: new AbortController().signal,
        }),
      );
      const sentences = heard.flatMap((part) => part.sentences);
      expect(sentences.length).toBeGreaterThan(0);
      for (const { text, startMs, endMs } of sentences) {
        expect(sentence).toContain(text.split(' ').slice(0, 3).join(' '));
        expect(startMs ?? -1).toBeGreaterThanOrEqual(0);
        expect(endMs ?? Infinity).toBeLessThanOrEqual(11_100);
      }
    },
  );

  test('parts are joined without loss or doubling, a word across the cut once', async () => {
    // One voice for 44 s; parts of 21 s share 5 s, so that the cut falls into the middle of a word of 2 s. The
    // sentence takes 16 s, and both parts hear it where they overlap.
    const everywhere: VoiceDetector = {
      windowSamples: 512,
      stream: () => ({ judge: async (samples) => new Float32Array(samples.length / 512).fill(0.9) }),
      close: async () => {},
    };
    async function* sound() {
      for (let i = 0; i < 44; i++) yield loud(1.024);
    }
    const parts = await gathered(
      hear({
        ...{ sound: sound(), voices: everywhere, state: hearingFromStart, partMs: 21_000 },
        recogniser: await packs.speech.openRecogniser(packId, { threads: 2 }),
        signal: new AbortController().signal,
      }),
    );
    const said = parts
      .flatMap(({ sentences }) => sentences.map(({ text }) => text))
      .join(' ')
      .split(' ');
    const expected = Array.from({ length: said.length }, (_, i) => sentence.split(' ')[i % 8]);
    expect(parts.length).toBeGreaterThan(1);
    expect(said.length).toBeGreaterThanOrEqual(20);
    expect(said).toEqual(expected);
  });
});
