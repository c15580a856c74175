// Tests of spoken sentences: found by their words, and by their meaning where no word is shared.
import { expect, onTestFinished, test } from 'vitest';
import { SearchRequest } from '../../contract/index.ts';
import { createVectorEncoder } from '../../test/support/fixture-encoder.ts';
import {
  createFixtureLibrary,
  noDecoding,
  silentLog,
  stillClock,
} from '../../test/support/fixture-library.ts';
import { createSearch } from './search.ts';
import { loadSpaceIndex } from './vectors/space-index.ts';

const encoder = createVectorEncoder(256);
const speech = [
  ...['And so, my fellow Americans,', 'ask not', 'what your country can do for you;'],
  'ask what you can do for your country.',
];
const others = [
  ...['The lord of the universe is in a bad humor.', 'Somebody must have stolen the crown jewels.'],
  ...['We meet again on the last train home.', 'Butter the pan before the eggs go in.'],
  ...['Her brother plays the violin at weddings.', 'Turn left behind the old mill.'],
  ...['The tide comes in faster than one thinks.', 'Nobody had fed the horses since noon.'],
];

/** Recordings whose sentences follow each other every three seconds, under an encoder that knows some synonyms. */
async function library() {
  const fixture = createFixtureLibrary();
  onTestFinished(() => fixture.close());
  const { database } = fixture;
  const vectors = database.vectors.open(encoder.space);
  for (const [path, sentences] of [
    ['a.flac', speech],
    ['b.mp3', others.slice(0, 4)],
    ['c.mp3', others.slice(4)],
  ] as const) {
    const { itemId } = fixture.add({ path, kind: 'audio' });
    for (const [at, text] of sentences.entries()) {
      const times = { startMs: at * 3_000, endMs: at * 3_000 + 2_500 };
      const momentId = database.moments.add({ itemId, kind: 'sentence', ...times, text });
      database.words.set(momentId, {
        ...{ name: '', folder: '', title: '', description: '', keywords: '' },
        said: text,
      });
      const [vector] = (await encoder.encodeSentences?.([text])) ?? [];
      if (vector !== undefined) vectors.put(momentId, { vector, concepts: null, regions: [] });
    }
  }
  const index = await loadSpaceIndex(encoder.space, vectors, database.moments);
  const search = createSearch({
    ...{ database, clock: stillClock, log: silentLog, pool: noDecoding },
    active: () => ({ encoder, vectors, index }),
  });
  return async (text: string) => {
    const { results } = await search.find(SearchRequest.parse({ text }));
    return results.map(({ name, moments }) => ({ name, startMs: moments[0]?.startMs }));
  };
}

test('a sentence is found at its second by its own words', async () => {
  const ask = await library();
  expect((await ask('ask what you can do for your country'))[0]).toEqual({ name: 'a.flac', startMs: 9_000 });
  expect((await ask('stolen crown jewels'))[0]).toEqual({ name: 'b.mp3', startMs: 3_000 });
});

test('a paraphrase that shares no rare word finds it by meaning', async () => {
  const ask = await library();
  const paraphrase = 'inquire what you can serve for your homeland';
  const rare = ['ask', 'do', 'country', 'americans', 'fellow'];
  expect(paraphrase.split(' ').filter((word) => rare.includes(word))).toEqual([]);
  expect((await ask(paraphrase))[0]).toEqual({ name: 'a.flac', startMs: 9_000 });
  // Without meaning the common words alone are no result.
  const search = await ask('"inquire" "homeland"');
  expect(search).toEqual([]);
});
