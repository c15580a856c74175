// Runs in the page: one row of the side bar: goes to a collection, and takes items that are dropped on it.
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { carriesItems, droppedItems } from '../selection/dragged.ts';
import { IconButton } from '../ui/button.tsx';
import { MenuIcon } from '../ui/icons.ts';
import { Menu } from '../ui/menu.tsx';
import { NameField } from './name-field.tsx';

export interface RowProps {
  readonly icon: ReactNode;
  readonly name: string;
  /** How many items it holds; left out where nobody has counted. */
  readonly count?: number;
  readonly active: boolean;
  readonly onGo: () => void;
  readonly onDrop?: (itemIds: ItemId[]) => void;
  /** What can be done with it, as menu items. */
  readonly menu?: ReactNode;
  readonly onRename?: (name: string) => void;
  readonly onRemove?: () => void;
  readonly renaming?: boolean;
  readonly onRenamed?: () => void;
  readonly onStartRename?: () => void;
  /** Stands before the icon: opens what lies below. */
  readonly twist?: ReactNode;
  readonly depth?: number;
  readonly onKey?: (key: string) => boolean;
}

export function Row(props: RowProps) {
  const { icon, name, count, active, onGo, onDrop, menu, onRemove, twist, depth = 0 } = props;
  const t = useT();
  const format = useFormat();
  const [over, setOver] = useState(false);
  if (props.renaming === true)
    return (
      <NameField
        label={t('side.rename', { name })}
        start={name}
        onName={(next) => {
          if (next !== null && next !== name) props.onRename?.(next);
          props.onRenamed?.();
        }}
      />
    );
  return (
    <div
      className="side-row"
      data-active={active || undefined}
      data-over={over || undefined}
      data-depth={depth}
      onDragOver={(event) => {
        if (!onDrop || !carriesItems(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!onDrop || !carriesItems(event)) return;
        event.preventDefault();
        onDrop(droppedItems(event));
      }}
    >
      {twist}
      <button
        type="button"
        className="side-go"
        data-row
        aria-current={active ? 'page' : undefined}
        onClick={onGo}
        onKeyDown={(event) => {
          if (event.key === 'F2' && props.onStartRename) props.onStartRename();
          else if ((event.key === 'Delete' || event.key === 'Backspace') && onRemove) onRemove();
          else if (props.onKey?.(event.key) !== true) return;
          event.preventDefault();
        }}
      >
        {icon}
        <bdi>{name}</bdi>
        {count !== undefined && (
          <small>
            <span aria-hidden>{format.number(count)}</span>
            <span className="spoken-only">{t('search.items', { count, n: format.number(count) })}</span>
          </small>
        )}
      </button>
      {menu !== undefined && (
        <Menu
          trigger={
            <IconButton label={t('side.more', { name })} tip="below-end">
              <MenuIcon size={16} aria-hidden />
            </IconButton>
          }
        >
          {menu}
        </Menu>
      )}
    </div>
  );
}
