// Tests that the dictionaries are whole: every key used, every used key there, the same places in both.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FailureCode } from '../../contract/failures.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const renderer = join(import.meta.dirname, '..');
const source = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|[\\/](?:en|ko)\.ts$/.test(name))
  .map((name) => readFileSync(join(renderer, name), 'utf8'))
  .join('\n');

const keys = Object.keys(en);
const baseOf = (key: string) => key.replace(/_(?:one|other)$/, '');
const placesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
/** Keys made from a value: `failure.${code}`; the type checker holds that each exists. */
const made = [...source.matchAll(/t\(`([\w.]+)\$\{/g)].map(([, start]) => start!);

test('every key is used somewhere in the interface', () => {
  const unused = keys.filter(
    (key) => !source.includes(`'${baseOf(key)}'`) && !made.some((start) => key.startsWith(start)),
  );
  expect(unused).toEqual([]);
});

test('every key that the interface names is in the dictionaries', () => {
  const named = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key!);
  expect(named.length).toBeGreaterThan(50);
  const there = new Set(keys.map(baseOf));
  expect(named.filter((key) => !there.has(key))).toEqual([]);
});

test('both languages have the same keys, words under each, and the same places for values', () => {
  expect(Object.keys(ko)).toEqual(keys);
  for (const [key, text] of Object.entries(en)) {
    const translated = ko[key as keyof typeof en];
    if (!key.startsWith('remedy.')) expect(translated, key).not.toBe('');
    expect(translated === '', key).toBe(text === '');
    expect(placesOf(translated), key).toEqual(placesOf(text));
  }
});

test('Korean says in Korean what English says in English', () => {
  const same = keys.filter((key) => en[key as keyof typeof en] === ko[key as keyof typeof en]);
  // Signs and figures that are written alike.
  expect(
    same.filter(
      (key) =>
        /[a-z]{3}/i.test(en[key as keyof typeof en].replace(/\{\{\w+\}\}/g, '')) &&
        en[key as keyof typeof en] !== '',
    ),
  ).toEqual([]);
});

test('every failure code has its sentences', () => {
  const codes = FailureCode.options;
  expect(keys.filter((key) => key.startsWith('failure.')).sort()).toEqual(
    codes.map((code) => `failure.${code}`).sort(),
  );
  expect(keys.filter((key) => key.startsWith('remedy.')).sort()).toEqual(
    codes.map((code) => `remedy.${code}`).sort(),
  );
});
