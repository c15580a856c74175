// Runs under Vitest: what queries in both languages are understood as.
import { describe, expect, test } from 'vitest';
import { CONCEPTS, conceptIndex } from './concept-names.ts';
import { understand } from './understand.ts';

/** A query as the first concept of each clause, `~` before one known only roughly; `?` before unknown words. */
function reading(query: string): string {
  const { clauses, unknown } = understand(query);
  const known = clauses.map(
    ({ anyOf, weakAs }) => `${weakAs === null ? '' : '~'}${CONCEPTS[anyOf[0] ?? -1] ?? 'nothing'}`,
  );
  return [...known, ...unknown.map((word) => `?${word}`)].join(' + ');
}

const ENGLISH: readonly (readonly [string, string])[] = [
  ['cat', 'cat'],
  ['Cats', 'cat'],
  ['KITTEN', 'cat'],
  ['my cute kitty', 'cat'],
  ['dog', 'dog'],
  ['puppies', 'dog'],
  ['poodle', '~dog'],
  ['dog on a bicycle', 'dog + bicycle'],
  ['cat and dog', 'cat + dog'],
  ['horses', 'horse'],
  ['two horses', 'horse'],
  ['pony', '~horse'],
  ['train', 'train'],
  ['red train', 'thing:red + train'],
  ['subway', '~train'],
  ['cake', 'cake'],
  ['birthday cake', 'cake'],
  ['bird', 'bird'],
  ['pelican', '~bird'],
  ['geese', '~bird'],
  ['truck', 'truck'],
  ['white truck', 'thing:white + truck'],
  ['fire truck', '~truck'],
  ['elephants', 'elephant'],
  ['books', 'book'],
  ['a stack of books', 'book'],
  ['knives and forks', 'knife + fork'],
  ['wine glasses', 'wine glass'],
  ['buses', 'bus'],
  ['benches', 'bench'],
  ['hot dog', 'hot dog'],
  ['hot-dogs', 'hot dog'],
  ['teddy bears', 'teddy bear'],
  ['traffic lights', 'traffic light'],
  ['cell phone', 'cell phone'],
  ['smartphones', 'cell phone'],
  ['laptop on a table', 'laptop + dining table'],
  ['keyboard', 'keyboard'],
  ['cup of coffee', 'cup'],
  ['coffee', '~cup'],
  ['animal', 'bird'],
  ['vehicles', 'bicycle'],
  ['fruit', 'scene:food'],
  ['furniture', 'bench'],
  ['pets', 'cat'],
  ['food', 'scene:food'],
  ['pizza', 'pizza'],
  ['sushi', '~scene:food'],
  ['water', 'scene:water'],
  ['beach', '~scene:water'],
  ['sea', '~scene:water'],
  ['lakes', '~scene:water'],
  ['nature', 'scene:green'],
  ['forest', '~scene:green'],
  ['flower', '~potted plant'],
  ['red flowers', 'thing:red + ~potted plant'],
  ['purple flowers', 'thing:purple + ~potted plant'],
  ['city', 'scene:city'],
  ['city at night', 'scene:city + scene:night'],
  ['bridge', '~scene:city'],
  ['page of printed text', 'scene:text'],
  ['receipts', '~scene:text'],
  ['indoors', 'scene:indoor'],
  ['black and white', 'scene:bw'],
  ['black-and-white photo', 'scene:bw'],
  ['b&w', 'scene:bw'],
  ['black cat', 'thing:black + cat'],
  ['dark', 'tone:dark'],
  ['people', 'person'],
  ['woman', '~person'],
  ['two people', 'people:2'],
  ['4 people', 'person + people:3'],
  ['two women', 'people:2'],
  ['nobody', 'people:0'],
  ['family', '~people:3'],
  ['smiling person', 'smiling + person'],
  ['man riding a horse', '~person + horse'],
  ['photo of a person with a dog in a park', 'person + dog + ~scene:green'],
  ['the pictures', ''],
  ['purple submarine', 'thing:purple + ?submarine'],
  ['Quokka', '?Quokka'],
  ['sunset', '?sunset'],
  ['mountains', '?mountains'],
  ['snow', '?snow'],
  ['sad', '?sad'],
  ['cat in the snow', 'cat + ?snow'],
];

const KOREAN: readonly (readonly [string, string])[] = [
  ['고양이', 'cat'],
  ['고양이가', 'cat'],
  ['고양이들이랑', 'cat'],
  ['고양이 사진', 'cat'],
  ['고양이사진', 'cat'],
  ['새끼 고양이', 'cat'],
  ['고양이 두 마리', 'cat'],
  ['검은고양이', 'thing:black + cat'],
  ['개', 'dog'],
  ['개가', 'dog'],
  ['강아지', 'dog'],
  ['진돗개', '~dog'],
  ['자전거 옆의 개', 'bicycle + dog'],
  ['자전거와 강아지', 'bicycle + dog'],
  ['말', 'horse'],
  ['말들', 'horse'],
  ['말을 타는 사람', 'horse + person'],
  ['기차', 'train'],
  ['빨간 기차', 'thing:red + train'],
  ['지하철', '~train'],
  ['케이크', 'cake'],
  ['생일 케이크', 'cake'],
  ['새', 'bird'],
  ['펠리컨', '~bird'],
  ['트럭', 'truck'],
  ['하얀 트럭', 'thing:white + truck'],
  ['코끼리', 'elephant'],
  ['책', 'book'],
  ['책상', '~dining table'],
  ['곰 인형', 'teddy bear'],
  ['곰인형', 'teddy bear'],
  ['신호등', 'traffic light'],
  ['휴대폰', 'cell phone'],
  ['커피', '~cup'],
  ['동물', 'bird'],
  ['탈것', 'bicycle'],
  ['음식', 'scene:food'],
  ['과일', 'scene:food'],
  ['가구', 'bench'],
  ['물', 'scene:water'],
  ['바다', '~scene:water'],
  ['해변에서', '~scene:water'],
  ['자연', 'scene:green'],
  ['숲속', '~scene:green'],
  ['소나무', '~scene:green'],
  ['꽃', '~potted plant'],
  ['빨간 꽃', 'thing:red + ~potted plant'],
  ['보라색 꽃', 'thing:purple + ~potted plant'],
  ['도시', 'scene:city'],
  ['도시의 밤', 'scene:city + scene:night'],
  ['야경', 'scene:night'],
  ['글자', 'scene:text'],
  ['영수증', '~scene:text'],
  ['흑백사진', 'scene:bw'],
  ['실내', 'scene:indoor'],
  ['사람', 'person'],
  ['여자', '~person'],
  ['두 명', 'people:2'],
  ['2명', 'people:2'],
  ['사람 세 명', 'person + people:3'],
  ['웃는 사람', 'smiling + person'],
  ['공원에서 산책하는 강아지', '~scene:green + dog'],
  ['책상 위의 노트북', '~dining table + laptop'],
  ['기린', 'giraffe'],
  ['사진', ''],
  ['보라색 잠수함', 'thing:purple + ?잠수함'],
  ['노을', '?노을'],
  ['산', '?산'],
  ['눈', '?눈'],
  ['새우', '?새우'],
  ['양말', '?양말'],
  ['차이', '?차이'],
];

describe('English queries', () => {
  test.each(ENGLISH)('"%s" is understood as "%s"', (query, expected) => {
    expect(reading(query)).toBe(expected);
  });
});

describe('Korean queries', () => {
  test.each(KOREAN)('"%s" is understood as "%s"', (query, expected) => {
    expect(reading(query)).toBe(expected);
    // Hangul may come decomposed, as file names on macOS do.
    expect(reading(query.normalize('NFD'))).toBe(
      expected.replace(/\?(.*)$/u, (text) => text.normalize('NFD')),
    );
  });
});

test('unknown words come back as the person wrote them, once', () => {
  expect(understand('Purple SubMarine submarines SubMarine').unknown).toEqual(['SubMarine', 'submarines']);
});

test('a rough meaning is named in the language of the word', () => {
  expect(understand('beach').clauses[0]?.weakAs).toBe('water');
  expect(understand('바다').clauses[0]?.weakAs).toBe('물');
});

test('night orders results and makes none', () => {
  expect(understand('night').clauses[0]?.orderingOnly).toBe(true);
  expect(understand('city').clauses[0]?.orderingOnly).toBe(false);
});

test('a word of two meanings may be either', () => {
  const { clauses } = understand('orange');
  expect(clauses[0]?.anyOf).toEqual(
    expect.arrayContaining([conceptIndex('orange'), conceptIndex('colour:orange')]),
  );
});

test('a word for one thing has its other words in both languages with it, short and vague ones have none', () => {
  expect(understand('기차').clauses[0]?.sameAs).toContain('train');
  expect(understand('automobile').clauses[0]?.sameAs).toContain('자동차');
  expect(understand('automobile').clauses[0]?.sameAs).not.toContain('차');
  expect(understand('vehicle').clauses[0]?.sameAs).toEqual([]);
  expect(understand('pelican').clauses[0]?.sameAs).toEqual([]);
});

test('how a thing is, is passed over beside a thing and unknown by itself', () => {
  expect(understand('fluffy cat')).toMatchObject({ unknown: [], clauses: [{ word: 'cat' }] });
  expect(understand('fluffy')).toMatchObject({ unknown: ['fluffy'], clauses: [] });
  expect(understand('푹신한 소파')).toMatchObject({ unknown: [], clauses: [{ word: '소파' }] });
  expect(understand('푹신한')).toMatchObject({ unknown: ['푹신한'], clauses: [] });
});

test('kinds of things are known roughly; a word that means something else first is not', () => {
  expect(understand('conifer').clauses[0]?.weakAs).toBe('greenery');
  expect(understand('dinghies').clauses[0]?.weakAs).toBe('boat');
  expect(understand('chess').unknown).toEqual(['chess']);
});
