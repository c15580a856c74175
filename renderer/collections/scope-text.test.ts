// Tests of collections in the page's address.
import { expect, test } from 'vitest';
import { Scope } from '../../contract/decisions.ts';
import { scopeOfText, textOfScope } from './scope-text.ts';

test.each([
  { in: 'favourites' },
  { in: 'recent' },
  { in: 'hidden' },
  { in: 'album', albumId: 12 },
  { in: 'tag', name: 'a:b / 여행' },
  { in: 'kind', kind: 'video' },
  { in: 'folder', rootId: 3, path: '' },
  { in: 'folder', rootId: 3, path: 'trips/2019: south' },
])('%j comes back from the address', (scope) => {
  expect(scopeOfText(textOfScope(Scope.parse(scope)))).toEqual(scope);
});

test.each(['', 'nonsense', 'album:', 'album:x', 'kind:book', 'tag:'])('"%s" is no collection', (text) => {
  expect(scopeOfText(text)).toBeNull();
});
