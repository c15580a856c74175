// Runs in the page: which collection is looked at, kept in the page's address.
import { useCallback, useState } from 'react';
import type { Scope } from '../../contract/decisions.ts';
import type { Collections } from '../../contract/decisions.ts';
import type { Translate } from '../i18n/i18n.ts';
import { scopeOfText, textOfScope } from './scope-text.ts';

export function useScope() {
  const [scope, setScope] = useState<Scope | null>(() =>
    scopeOfText(new URL(window.location.href).searchParams.get('in') ?? ''),
  );
  const choose = useCallback((next: Scope | null) => {
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete('in');
    else url.searchParams.set('in', textOfScope(next));
    window.history.replaceState(null, '', url);
    setScope(next);
  }, []);
  return [scope, choose] as const;
}

/** What a collection is called; the whole library has the name that is given for it. */
export function nameOfScope(scope: Scope | null, collections: Collections | undefined, t: Translate): string {
  switch (scope?.in) {
    case undefined:
      return t('side.all');
    case 'album':
      return collections?.albums.find(({ albumId }) => albumId === scope.albumId)?.name ?? '';
    case 'tag':
      return scope.name;
    case 'kind':
      return t(`side.kind.${scope.kind}`);
    case 'folder':
      return scope.path.split('/').at(-1) ?? '';
    case 'favourites':
    case 'recent':
    case 'hidden':
      return t(`side.${scope.in}`);
  }
}

export const sameScope = (one: Scope | null, other: Scope | null): boolean =>
  one === null || other === null ? one === other : textOfScope(one) === textOfScope(other);
