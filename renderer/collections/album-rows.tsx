// Runs in the page: the albums of the side bar: made, renamed, removed, filled by dropping.
import { useState } from 'react';
import type { AlbumInfo, Scope } from '../../contract/decisions.ts';
import type { AlbumId } from '../../contract/ids.ts';
import { useEngine } from '../engine/engine.ts';
import { useT } from '../i18n/i18n.ts';
import { useDecisions } from '../selection/context.ts';
import { AlbumIcon, RemoveIcon, RenameIcon } from '../ui/icons.ts';
import { MenuItem } from '../ui/menu.tsx';
import { NameField } from './name-field.tsx';
import { Row } from './row.tsx';
import { sameScope } from './use-scope.ts';

export interface AlbumRowsProps {
  readonly albums: readonly AlbumInfo[];
  readonly scope: Scope | null;
  readonly active: boolean;
  readonly adding: boolean;
  readonly onAdded: () => void;
  readonly onScope: (scope: Scope | null) => void;
}

/** The newest picture of an album stands for it. */
export function AlbumCover({ album }: { readonly album: AlbumInfo }) {
  const { media } = useEngine();
  if (album.coverId === null) return <AlbumIcon size={17} strokeWidth={1.75} aria-hidden />;
  return <img className="side-cover" src={media(album.coverId, 'preview')} alt="" draggable={false} />;
}

export function AlbumRows({ albums, scope, active, adding, onAdded, onScope }: AlbumRowsProps) {
  const t = useT();
  const decide = useDecisions();
  const [renaming, setRenaming] = useState<AlbumId | null>(null);
  const remove = ({ albumId }: AlbumInfo) => {
    // What is removed cannot be looked at; undo brings it back.
    if (sameScope(scope, { in: 'album', albumId })) onScope(null);
    decide({ do: 'remove-album', albumId });
  };
  return (
    <ul>
      {albums.map((album) => {
        const { albumId } = album;
        return (
          <li key={albumId}>
            <Row
              icon={<AlbumCover album={album} />}
              name={album.name}
              count={album.items}
              active={active && sameScope(scope, { in: 'album', albumId })}
              onGo={() => onScope({ in: 'album', albumId })}
              onDrop={(itemIds) => decide({ do: 'put', albumId, itemIds })}
              renaming={renaming === albumId}
              onStartRename={() => setRenaming(albumId)}
              onRename={(name) => decide({ do: 'rename-album', albumId, name })}
              onRenamed={() => setRenaming(null)}
              onRemove={() => remove(album)}
              menu={
                <>
                  <MenuItem
                    icon={<RenameIcon size={16} aria-hidden />}
                    shortcut="F2"
                    onSelect={() => setRenaming(albumId)}
                  >
                    {t('side.renameIt')}
                  </MenuItem>
                  <MenuItem icon={<RemoveIcon size={16} aria-hidden />} onSelect={() => remove(album)}>
                    {t('side.removeAlbum')}
                  </MenuItem>
                </>
              }
            />
          </li>
        );
      })}
      {adding && (
        <li>
          <NameField
            label={t('side.newAlbum')}
            placeholder={t('side.albumName')}
            start=""
            onName={(name) => {
              if (name !== null) decide({ do: 'create-album', name, itemIds: [] });
              onAdded();
            }}
          />
        </li>
      )}
      {albums.length === 0 && !adding && <li className="side-hint">{t('side.albumsHint')}</li>}
    </ul>
  );
}
