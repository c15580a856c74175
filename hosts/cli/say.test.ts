// Runs under Vitest: the two languages have the same sentences with the same parts.
import { expect, test } from 'vitest';
import { FailureCode } from '../../contract/index.ts';
import { commands, groups } from './command-table.ts';
import { en, type MessageKey } from './messages/en.ts';
import { ko, koFailures } from './messages/ko.ts';
import { createSay, languageOf } from './say.ts';

const partsOf = (text: string): string[] => [...text.matchAll(/\{[\w-]+\}/g)].map(String).toSorted();

test('every sentence is there in Korean, in Hangul and with the same parts', () => {
  expect(Object.keys(ko).toSorted()).toEqual(Object.keys(en).toSorted());
  for (const key of Object.keys(en) as MessageKey[]) {
    expect(partsOf(ko[key]), key).toEqual(partsOf(en[key]));
    if (!/^(help\.usage|show\.hash|done\.seconds)$/.test(key)) expect(ko[key], key).toMatch(/[가-힣]/);
  }
});

test('every failure has a sentence in Korean', () => {
  expect(Object.keys(koFailures).toSorted()).toEqual(FailureCode.options.toSorted());
  for (const sentence of Object.values(koFailures)) expect(sentence).toMatch(/[가-힣]/);
});

test('every command and option says what it is for', () => {
  for (const name of [...groups, ...commands.map((command) => command.name)])
    expect(Object.keys(en)).toContain(`command.${name}`);
  for (const { flags } of commands.flatMap((command) => command.options ?? []))
    expect(Object.keys(en)).toContain(`option.${/^--([\w-]+)/.exec(flags)?.[1] ?? ''}`);
});

test.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko' }, 'ko'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR.utf8' }, 'ko'],
  [{ LANG: 'kok_IN' }, 'en'],
  [{ LANG: 'C' }, 'en'],
])('%o means %s', (env, language) => {
  expect(languageOf(env, () => 'fr-FR')).toBe(language);
});

test('without any of them the platform is asked', () => {
  expect(languageOf({ LANG: '' }, () => 'ko-KR')).toBe('ko');
});

test('a failure is said with its remedy and its code', () => {
  const failure = { code: 'DISK_FULL', reason: 'The disk is full.', remedy: 'Free some space.' } as const;
  expect(createSay('en').failure(failure)).toBe('The disk is full. Free some space. (DISK_FULL)');
  expect(createSay('ko').failure(failure)).toBe(
    '디스크가 가득 찼습니다: The disk is full. Free some space. (DISK_FULL)',
  );
});
