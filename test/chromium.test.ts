// Runs under Vitest: finding the browser of the end-to-end tests.
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

test('no browser is found where none is installed', () => {
  expect(findChromium({}, () => false)).toBeNull();
});

test('a browser named by the environment is used, and nothing else when it is not there', () => {
  expect(findChromium({ AFTERIMAGE_CHROMIUM: '/opt/c' }, (path) => path === '/opt/c')).toBe('/opt/c');
  expect(findChromium({ AFTERIMAGE_CHROMIUM: '/opt/c' }, (path) => path !== '/opt/c')).toBeNull();
});

test('else the first of the places where installers put one', () => {
  expect(findChromium({ PROGRAMFILES: 'C:\\P' }, () => true)).toMatch(/chrom/i);
});
