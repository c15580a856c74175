// Runs in the page: how much is selected and what can be done with it, above the lower edge while there is a selection.
import { useState } from 'react';
import type { Scope } from '../../contract/decisions.ts';
import { useCollections } from '../engine/decisions.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useCommand } from '../shell/commands.ts';
import { IconButton } from '../ui/button.tsx';
import * as icons from '../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { useDecisions, useSelected, useSelection } from './context.ts';
import { ExportDialog } from './export-dialog.tsx';
import { NewAlbumDialog } from './new-album-dialog.tsx';
import { TagsDialog } from './tags-dialog.tsx';
import { TrashDialog } from './trash-dialog.tsx';

type Asked = 'album' | 'tags' | 'export' | 'trash';

export interface SelectionBarProps {
  readonly scope: Scope | null;
  readonly onSelectAll: () => void;
}

export function SelectionBar({ scope, onSelectAll }: SelectionBarProps) {
  const t = useT();
  const format = useFormat();
  const selection = useSelection();
  const selected = useSelected();
  const decide = useDecisions();
  const albums = useCollections().data?.albums ?? [];
  const [asked, setAsked] = useState<Asked | null>(null);
  const itemIds = [...selected];
  const close = () => setAsked(null);
  const hide = () => {
    decide({ do: 'mark', request: { itemIds, hidden: scope?.in !== 'hidden' } });
    selection.clear();
  };
  const any = itemIds.length > 0;
  useCommand('export', () => setAsked('export'), any);
  useCommand('trash', () => setAsked('trash'), any);
  useCommand('tags', () => setAsked('tags'), any);
  useCommand('new-album', () => setAsked('album'), any);
  useCommand('hide-item', hide, any);
  if (itemIds.length === 0) return null;
  const said = t('select.count', { count: itemIds.length, n: format.number(itemIds.length) });
  const look = { size: 19, 'aria-hidden': true } as const;
  const small = { size: 16, 'aria-hidden': true } as const;
  return (
    <>
      <div className="selection-bar" role="toolbar" aria-label={said}>
        <IconButton label={t('select.none')} shortcut="Esc" tip="above-start" onClick={selection.clear}>
          <icons.CloseIcon {...look} />
        </IconButton>
        <p role="status">{said}</p>
        <button type="button" className="selection-all" onClick={onSelectAll}>
          {t('select.all')}
        </button>
        <span className="selection-line" aria-hidden />
        <IconButton
          label={t('select.favourite')}
          shortcut="F"
          tip="above"
          onClick={() => decide({ do: 'mark', request: { itemIds, favourite: 'toggle' } })}
        >
          <icons.FavouriteIcon {...look} />
        </IconButton>
        <Menu
          side="top"
          trigger={
            <IconButton label={t('select.rate')} shortcut="1–5" tip="above">
              <icons.StarIcon {...look} />
            </IconButton>
          }
        >
          {[5, 4, 3, 2, 1].map((stars) => (
            <MenuItem
              key={stars}
              icon={<icons.StarIcon {...small} />}
              shortcut={String(stars)}
              onSelect={() => decide({ do: 'mark', request: { itemIds, rating: stars } })}
            >
              {t('select.stars', { count: stars, n: format.number(stars) })}
            </MenuItem>
          ))}
          <MenuLine />
          <MenuItem
            icon={<icons.CloseIcon {...small} />}
            shortcut="0"
            onSelect={() => decide({ do: 'mark', request: { itemIds, rating: null } })}
          >
            {t('select.noStars')}
          </MenuItem>
        </Menu>
        <Menu
          side="top"
          trigger={
            <IconButton label={t('select.addToAlbum')} tip="above">
              <icons.AddToAlbumIcon {...look} />
            </IconButton>
          }
        >
          <MenuItem icon={<icons.LargerIcon {...small} />} onSelect={() => setAsked('album')}>
            {t('select.newAlbum')}
          </MenuItem>
          {albums.length > 0 && <MenuLine />}
          {albums.map(({ albumId, name }) => (
            <MenuItem
              key={albumId}
              icon={<icons.AlbumIcon {...small} />}
              onSelect={() => decide({ do: 'put', albumId, itemIds })}
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
        <IconButton label={t('select.tags')} tip="above" onClick={() => setAsked('tags')}>
          <icons.TagIcon {...look} />
        </IconButton>
        <IconButton label={t('select.export')} tip="above" onClick={() => setAsked('export')}>
          <icons.ExportIcon {...look} />
        </IconButton>
        {scope?.in === 'album' && (
          <IconButton
            label={t('select.takeFromAlbum')}
            tip="above"
            onClick={() => {
              decide({ do: 'take', albumId: scope.albumId, itemIds });
              selection.clear();
            }}
          >
            <icons.TakeOutIcon {...look} />
          </IconButton>
        )}
        <IconButton
          label={t(scope?.in === 'hidden' ? 'select.show' : 'select.hide')}
          tip="above-end"
          onClick={hide}
        >
          {scope?.in === 'hidden' ? <icons.ShowIcon {...look} /> : <icons.HiddenIcon {...look} />}
        </IconButton>
        <IconButton label={t('select.trash')} tip="above-end" onClick={() => setAsked('trash')}>
          <icons.RemoveIcon {...look} />
        </IconButton>
      </div>
      {asked === 'album' && (
        <NewAlbumDialog onClose={close} onName={(name) => decide({ do: 'create-album', name, itemIds })} />
      )}
      {asked === 'tags' && <TagsDialog itemIds={itemIds} onClose={close} />}
      {asked === 'export' && <ExportDialog itemIds={itemIds} onClose={close} />}
      {asked === 'trash' && (
        <TrashDialog itemIds={itemIds} onClose={close} onDone={() => selection.clear()} />
      )}
    </>
  );
}
