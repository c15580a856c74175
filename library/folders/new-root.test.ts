// Runs under Vitest: which folders can become roots.
import { mkdirSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import type { FailureCode } from '../../contract/index.ts';
import { temporaryLibrary } from '../../test/support/temporary-library.ts';

const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code }) as unknown;

test('a folder is given back absolute and without links', () => {
  const { folders, at } = temporaryLibrary();
  mkdirSync(at('pics'));
  symlinkSync(at('pics'), at('link'), 'junction');
  expect(folders.validateNewRoot(at('link'))).toBe(at('pics'));
  expect(folders.validateNewRoot(relative('.', at('pics')))).toBe(at('pics'));
  expect(folders.validateNewRoot(`${at('pics')}/`)).toBe(at('pics'));
});

test('what is not there, is no folder or belongs to the library is refused with its code', () => {
  const { folders, at, put } = temporaryLibrary();
  put('a.jpg');
  mkdirSync(at('library/previews'));
  expect(() => folders.validateNewRoot(at('nowhere'))).toThrow(refusal('FOLDER_NOT_FOUND'));
  expect(() => folders.validateNewRoot(at('a.jpg'))).toThrow(refusal('FOLDER_NOT_A_FOLDER'));
  expect(() => folders.validateNewRoot(at('library'))).toThrow(refusal('FOLDER_IN_LIBRARY'));
  expect(() => folders.validateNewRoot(at('library/previews'))).toThrow(refusal('FOLDER_IN_LIBRARY'));
});

test('a root, and a folder in it that it covers, is refused; around it and beside it is welcome', () => {
  const { folders, at, addRoot } = temporaryLibrary();
  addRoot('pics/2024');
  mkdirSync(at('pics/2024/summer/.secret'), { recursive: true });
  mkdirSync(at('pics/2024 more'));
  expect(() => folders.validateNewRoot(at('pics/2024'))).toThrow(refusal('ROOT_ALREADY_WATCHED'));
  expect(() => folders.validateNewRoot(at('pics/2024/summer'))).toThrow(refusal('ROOT_ALREADY_WATCHED'));
  expect(folders.validateNewRoot(at('pics/2024/summer/.secret'))).toBe(at('pics/2024/summer/.secret'));
  expect(folders.validateNewRoot(at('pics/2024 more'))).toBe(at('pics/2024 more'));
  expect(folders.validateNewRoot(at('pics'))).toBe(at('pics'));
});
