// Tests of the query language: what is typed, what is understood, and back again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as read, print } from './query-language.ts';
import type { Reading } from './read-filter.ts';

/** A Thursday in autumn; one place is known. */
const reading: Reading = {
  today: { year: 2026, month: 10, day: 26 },
  placeOf: (name) =>
    name.toLowerCase() === 'paris'
      ? { name: 'Paris', latitude: 48.85, longitude: 2.35, kilometres: 30 }
      : null,
};
const parse = (query: string) => read(query, reading);

const textOf = (query: string) =>
  parse(query).wants.flatMap((want) => (want.kind === 'text' && !want.negative ? [want.text] : []));
const filtersOf = (query: string) => parse(query).filters.map(({ text: _text, ...filter }) => filter);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('free text', () => {
  test('stays together when a filter stands in its middle', () => {
    expect(textOf('black cat in:holiday sleeping')).toEqual(['black cat sleeping']);
  });
  test('keeps words with colons, dashes inside and apostrophes', () => {
    expect(textOf("note:milk t-shirt dog's http://x.y/z")).toEqual(["note:milk t-shirt dog's http://x.y/z"]);
  });
  test('is empty for nothing but marks and spaces', () => {
    for (const query of ['', '   ', '-', '""', '" "', '- -- "', '!!! ...']) {
      expect(parse(query).wants).toEqual([]);
      expect(parse(query).phrases).toEqual([]);
    }
  });
});

describe('phrases and minuses', () => {
  test('quotes of every keyboard make a phrase', () => {
    for (const query of ['"blue sea"', '“blue sea”', '「blue sea」', '«blue  sea»'])
      expect(parse(query).phrases).toEqual(['blue sea']);
  });
  test('a quote without its partner is a space', () => {
    expect(textOf('5" disk')).toEqual(['5 disk']);
    expect(parse('"one" two "three').phrases).toEqual(['one']);
  });
  test('a minus excludes a word or a phrase, in words and in meaning', () => {
    const plan = parse('dog -cat -"black dog" well-known');
    expect(plan.excluded).toEqual(['cat', 'black dog']);
    expect(plan.wants.filter((want) => want.negative)).toHaveLength(2);
    expect(textOf('dog -cat -"black dog" well-known')).toEqual(['dog well-known']);
  });
});

describe('filters', () => {
  test.each([
    ['before:2020', { field: 'date', fromMs: null, untilMs: day('2020-01-01') }],
    ['이전:2020', { field: 'date', fromMs: null, untilMs: day('2020-01-01') }],
    ['after:2019-07', { field: 'date', fromMs: day('2019-08-01'), untilMs: null }],
    ['since:2019-07', { field: 'date', fromMs: day('2019-07-01'), untilMs: null }],
    ['date:2019', { field: 'date', fromMs: day('2019-01-01'), untilMs: day('2020-01-01') }],
    ['날짜:2019년7월', { field: 'date', fromMs: day('2019-07-01'), untilMs: day('2019-08-01') }],
    ['date:2019-07-14', { field: 'date', fromMs: day('2019-07-14'), untilMs: day('2019-07-15') }],
    ['date:2018..2020', { field: 'date', fromMs: day('2018-01-01'), untilMs: day('2021-01-01') }],
    ['date:2020..2018', { field: 'date', fromMs: day('2018-01-01'), untilMs: day('2021-01-01') }],
    ['date:..2018.05', { field: 'date', fromMs: null, untilMs: day('2018-06-01') }],
    ['rating:4', { field: 'rating', minimum: 4, maximum: 4 }],
    ['rating:>=4', { field: 'rating', minimum: 4, maximum: 5 }],
    ['별점:4이상', { field: 'rating', minimum: 4, maximum: 5 }],
    ['rating:<2', { field: 'rating', minimum: 0, maximum: 1 }],
    ['type:photo', { field: 'kind', kinds: ['picture'] }],
    ['종류:영상,사진', { field: 'kind', kinds: ['picture', 'video'] }],
    ['-type:video', { field: 'kind', kinds: ['picture', 'audio'] }],
    ['in:"summer 2019"', { field: 'folder', folder: 'summer 2019', present: true }],
    ['폴더:제주', { field: 'folder', folder: '제주', present: true }],
    ['camera:canon', { field: 'camera', camera: 'canon', present: true }],
    ['카메라:"EOS 6D"', { field: 'camera', camera: 'EOS 6D', present: true }],
    ['lens:50mm', { field: 'lens', lens: '50mm', present: true }],
    ['-in:scans', { field: 'folder', folder: 'scans', present: false }],
    ['-camera:"EOS 6D"', { field: 'camera', camera: 'EOS 6D', present: false }],
    ['-lens:50mm', { field: 'lens', lens: '50mm', present: false }],
    ['has:gps', { field: 'gps', present: true }],
    ['-has:gps', { field: 'gps', present: false }],
    ['없음:위치', { field: 'gps', present: false }],
    ['is:animated', { field: 'animated', present: true }],
  ])('%s is understood', (query, filter) => {
    expect(filtersOf(query)).toEqual([filter]);
    expect(textOf(query)).toEqual([]);
    expect(parse(query).filters[0]?.text).toBe(query);
  });
  test.each([
    'before:someday',
    'date:2019-13',
    'date:2019-02-30',
    'date:..',
    'rating:9',
    'rating:>5',
    'type:smell',
    'in:',
    'is:gps',
    'has:wings',
    'constructor:x',
    'sort:sideways',
  ])('%s is text, since it means nothing', (query) => {
    expect(parse(query).filters).toEqual([]);
    expect(textOf(query)).toEqual([query]);
  });
  test('sorting is no filter, and the last one wins', () => {
    expect(parse('cat sort:date').sort).toBe('newest');
    expect(parse('cat 정렬:오래된').sort).toBe('oldest');
    expect(parse('sort:date sort:relevance').sort).toBe('relevance');
  });
});

const endurance = process.env['AFTERIMAGE_ENDURANCE'] === '1';

test('printing a plan and reading it again is the identity, and nothing throws', () => {
  const scrap = fc.constantFrom(
    ...[
      'last',
      'summer',
      '2019',
      'in',
      'March',
      '작년',
      '여름',
      '3월',
      'video of',
      '사진',
      '+',
      '- ',
      '2:',
      '0.5:',
    ],
    ...['라고 말하는 영상', 'when:', 'near:paris', 'duration:<30s', 'prefer:', 'the 90s', '4 July', 'since'],
    ...['"', '-', ':', ' ', 'in:', 'type:photo', 'rating:>=4', 'before:2020', 'cat', '사진', '“', '−', 'a:b'],
    ...[
      '폴더:"a b"',
      'sort:date',
      '-is:animated',
      '--',
      '..',
      "'",
      '\\',
      '\u3000',
      '\u0000',
      'Å',
      '：',
      '-in:x',
    ],
  );
  const query = fc.oneof(
    fc
      .array(fc.oneof(scrap, fc.string({ unit: 'binary' })), { maxLength: 12 })
      .map((parts) => parts.join('')),
    fc.array(scrap, { maxLength: 14 }).map((parts) => parts.join(' ')),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(query, (text) => {
      const plan = parse(text);
      expect(parse(print(plan))).toEqual(plan);
    }),
    { numRuns: endurance ? 1_000_000 : 5_000 },
  );
});
