// Runs in the page: a collection as it stands in the page's address, so that a link or a reload shows the same.
import type { Scope } from '../../contract/decisions.ts';
import type { AlbumId, RootId } from '../../contract/ids.ts';

const KINDS = ['picture', 'video', 'audio'] as const;

/** `favourites`, `album:3`, `tag:Lisbon`, `kind:video`, `folder:1/trips/2019`. */
export function textOfScope(scope: Scope): string {
  switch (scope.in) {
    case 'album':
      return `album:${String(scope.albumId)}`;
    case 'tag':
      return `tag:${scope.name}`;
    case 'kind':
      return `kind:${scope.kind}`;
    case 'folder':
      return `folder:${String(scope.rootId)}/${scope.path}`;
    case 'favourites':
    case 'recent':
    case 'hidden':
      return scope.in;
  }
}

/** Null where the text names no collection. */
export function scopeOfText(text: string): Scope | null {
  const colon = text.indexOf(':');
  const [name, value] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  if (name === 'favourites' || name === 'recent' || name === 'hidden') return { in: name };
  if (name === 'tag' && value !== '') return { in: 'tag', name: value };
  const kind = KINDS.find((one) => one === value);
  if (name === 'kind' && kind) return { in: 'kind', kind };
  const id = Number.parseInt(value, 10);
  if (!(id > 0)) return null;
  if (name === 'album') return { in: 'album', albumId: id as AlbumId };
  if (name === 'folder')
    return { in: 'folder', rootId: id as RootId, path: value.slice(value.indexOf('/') + 1) };
  return null;
}
