// Tests of the folder dialog's way.
import { expect, test } from 'vitest';
import { crumbsOf } from './crumbs.ts';

test('a path becomes the folders on the way to it', () => {
  expect(crumbsOf('/home/mira/사진')).toEqual([
    { name: '/', path: '/' },
    { name: 'home', path: '/home' },
    { name: 'mira', path: '/home/mira' },
    { name: '사진', path: '/home/mira/사진' },
  ]);
  expect(crumbsOf('/')).toEqual([{ name: '/', path: '/' }]);
});

test('drives and shares of Windows are roots', () => {
  expect(crumbsOf('C:\\Users\\Mira').map(({ path }) => path)).toEqual([
    'C:\\',
    'C:\\Users',
    'C:\\Users\\Mira',
  ]);
  expect(crumbsOf('\\\\nas\\photos\\2020').map(({ name }) => name)).toEqual(['\\\\nas\\photos', '2020']);
});
