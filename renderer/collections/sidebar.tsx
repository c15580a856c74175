// Runs in the page: the side bar: everything, favourites, kinds, albums, saved searches, folders, tags.
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import type { SavedSearch, Scope } from '../../contract/decisions.ts';
import type { ItemId } from '../../contract/ids.ts';
import { useCollections } from '../engine/decisions.ts';
import { useT } from '../i18n/i18n.ts';
import { useDecisions } from '../selection/context.ts';
import { IconButton } from '../ui/button.tsx';
import * as icons from '../ui/icons.ts';
import { MenuItem } from '../ui/menu.tsx';
import { AlbumRows } from './album-rows.tsx';
import { FolderTree } from './folder-tree.tsx';
import { Row } from './row.tsx';
import { SearchRows } from './search-rows.tsx';
import { sameScope } from './use-scope.ts';
import './sidebar.css';

export interface SidebarProps {
  readonly scope: Scope | null;
  /** The text in the search field: what "save this search" would keep. */
  readonly text: string;
  readonly onScope: (scope: Scope | null) => void;
  readonly onSearch: (search: SavedSearch) => void;
}

export interface SectionProps {
  readonly title: string;
  readonly onAdd?: () => void;
  readonly addLabel?: string;
  readonly children: ReactNode;
}

function Section({ title, onAdd, addLabel, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="side-section">
      <header>
        <h2 id={id}>{title}</h2>
        {onAdd && addLabel !== undefined && (
          <IconButton label={addLabel} tip="below-end" onClick={onAdd}>
            <icons.LargerIcon size={16} aria-hidden />
          </IconButton>
        )}
      </header>
      {children}
    </section>
  );
}

const KIND_ICONS = { picture: icons.PictureIcon, video: icons.VideoIcon, audio: icons.AudioIcon };

/** Up and down walk through the rows; Tab goes on to what stands beside them. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[data-row]')];
  const at = rows.indexOf(event.target);
  if (at === -1) return;
  event.preventDefault();
  rows[at + step]?.focus();
}

export function Sidebar({ scope, text, onScope, onSearch }: SidebarProps) {
  const t = useT();
  const decide = useDecisions();
  const { data } = useCollections();
  const [adding, setAdding] = useState<'album' | 'search' | null>(null);
  const kinds = (data?.kinds ?? []).filter(({ items }) => items > 0);
  const plain = (
    where: Scope | null,
    name: string,
    icon: ReactNode,
    count?: number,
    onDrop?: (ids: ItemId[]) => void,
  ) => (
    <li>
      <Row
        icon={icon}
        name={name}
        active={text === '' && sameScope(scope, where)}
        onGo={() => onScope(where)}
        {...(count === undefined ? {} : { count })}
        {...(onDrop === undefined ? {} : { onDrop })}
      />
    </li>
  );
  const look = { size: 17, strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <nav className="sidebar" aria-label={t('side.title')} onKeyDown={walk}>
      <ul>
        {plain(null, t('side.all'), <icons.LibraryIcon {...look} />, data?.items)}
        {plain(
          { in: 'favourites' },
          t('side.favourites'),
          <icons.FavouriteIcon {...look} />,
          data?.favourites,
          (itemIds) => decide({ do: 'mark', request: { itemIds, favourite: true } }),
        )}
        {plain({ in: 'recent' }, t('side.recent'), <icons.RecentIcon {...look} />, data?.recent)}
        {kinds.length > 1 &&
          kinds.map(({ kind, items }) => {
            const Icon = KIND_ICONS[kind];
            return plain({ in: 'kind', kind }, t(`side.kind.${kind}`), <Icon key={kind} {...look} />, items);
          })}
        {(data?.hidden ?? 0) > 0 &&
          plain({ in: 'hidden' }, t('side.hidden'), <icons.HiddenIcon {...look} />, data?.hidden)}
      </ul>
      <Section title={t('side.albums')} addLabel={t('side.newAlbum')} onAdd={() => setAdding('album')}>
        <AlbumRows
          albums={data?.albums ?? []}
          scope={scope}
          active={text === ''}
          adding={adding === 'album'}
          onAdded={() => setAdding(null)}
          onScope={onScope}
        />
      </Section>
      {((data?.searches.length ?? 0) > 0 || text !== '') && (
        <Section
          title={t('side.searches')}
          {...(text === '' ? {} : { addLabel: t('side.saveSearch'), onAdd: () => setAdding('search') })}
        >
          <SearchRows
            searches={data?.searches ?? []}
            text={text}
            adding={adding === 'search'}
            onAdded={() => setAdding(null)}
            onSearch={onSearch}
          />
        </Section>
      )}
      <Section title={t('side.folders')}>
        <FolderTree scope={text === '' ? scope : null} onScope={onScope} />
      </Section>
      {(data?.tags.length ?? 0) > 0 && (
        <Section title={t('side.tags')}>
          <ul>
            {data?.tags.map(({ name, items }) => (
              <li key={name}>
                <Row
                  icon={<icons.TagIcon {...look} />}
                  name={name}
                  count={items}
                  active={text === '' && sameScope(scope, { in: 'tag', name })}
                  onGo={() => onScope({ in: 'tag', name })}
                  onDrop={(itemIds) => decide({ do: 'mark', request: { itemIds, addTags: [name] } })}
                  onRemove={() => decide({ do: 'remove-tag', name })}
                  menu={
                    <MenuItem
                      icon={<icons.RemoveIcon size={16} aria-hidden />}
                      onSelect={() => decide({ do: 'remove-tag', name })}
                    >
                      {t('side.removeTag')}
                    </MenuItem>
                  }
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </nav>
  );
}
