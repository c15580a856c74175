// Runs in the page: selecting in whatever list of items stands inside, by mouse, touch and keyboard.
import { useEffect, useRef } from 'react';
import type { DragEvent, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, ReactNode } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useCommand } from '../shell/commands.ts';
import { useDecisions, useSelected, useSelection } from './context.ts';
import { startDrag } from './dragged.ts';
import type { Order } from './selection.ts';
import './selection.css';

/** A finger that rests this long selects. */
const LONG_PRESS_MS = 450;
/** … unless it has moved this far: then it scrolls. */
const STILL_PX = 10;

export interface SelectionAreaProps {
  /** The list that is shown. */
  readonly order: Order;
  readonly onSelectAll: () => void;
  readonly children: ReactNode;
}

function itemAt(target: EventTarget): ItemId | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null;
  const id = Number(cell?.dataset['item']);
  return Number.isInteger(id) ? (id as ItemId) : null;
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];

/**
 * Listens before the list itself does: what selects never opens. A click opens; on the mark in the corner, with
 * Ctrl or ⌘ or Shift, or while something is selected it selects.
 */
export function SelectionArea({ order, onSelectAll, children }: SelectionAreaProps) {
  const t = useT();
  const format = useFormat();
  const selection = useSelection();
  const decide = useDecisions();
  const selecting = useSelected().size > 0;
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const pressed = useRef(false);
  const stretching = useRef(false);
  useCommand('select-all', onSelectAll);

  const onClick = (event: MouseEvent) => {
    const itemId = itemAt(event.target);
    if (itemId === null) return;
    const onMark = event.target instanceof Element && event.target.closest('.cell-select') !== null;
    const selects =
      onMark ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      pressed.current ||
      selection.ids().size > 0;
    if (!selects) return;
    event.stopPropagation();
    event.preventDefault();
    if (pressed.current) pressed.current = false;
    else if (event.shiftKey) selection.stretchTo(itemId, order);
    else selection.toggle(itemId);
  };

  const endPress = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  const onPointerDown = (event: PointerEvent) => {
    pressed.current = false;
    endPress();
    const itemId = itemAt(event.target);
    if (event.pointerType !== 'touch' || itemId === null) return;
    const timer = setTimeout(() => {
      // The click that ends the touch must not take it away again.
      pressed.current = true;
      selection.toggle(itemId);
    }, LONG_PRESS_MS);
    press.current = { timer, x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = press.current;
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) endPress();
  };

  const onDragStart = (event: DragEvent) => {
    const itemId = itemAt(event.target);
    if (itemId === null) return;
    const dragged = selection.has(itemId) ? [...selection.ids()] : [itemId];
    startDrag(event, dragged, t('search.items', { count: dragged.length, n: format.number(dragged.length) }));
  };

  /** @returns whether the key was one of ours */
  const onKey = (event: Keys, itemId: ItemId | null): boolean => {
    const chosen = selection.ids().size > 0 ? [...selection.ids()] : itemId === null ? [] : [itemId];
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && key === 'a' && !event.shiftKey) onSelectAll();
    else if (event.key === 'Escape' && selection.ids().size > 0) selection.clear();
    else if (command || event.altKey || chosen.length === 0) return false;
    else if (itemId !== null && event.shiftKey && arrows.includes(event.key)) {
      if (!selection.has(itemId)) selection.beginAt(itemId);
      stretching.current = true;
      // The list moves the focus; the stretch follows it.
      return false;
    } else if (itemId !== null && key === 'x') selection.toggle(itemId);
    else if (key === 'f') decide({ do: 'mark', request: { itemIds: chosen, favourite: 'toggle' } });
    else if (/^[0-5]$/.test(key))
      decide({ do: 'mark', request: { itemIds: chosen, rating: key === '0' ? null : Number(key) } });
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Dialogs of the bar stand within the area only for React.
    if (event.target instanceof Element && event.target.closest('dialog, [role=menu]')) return;
    if (!onKey(event, itemAt(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  // After a dialog that a menu opened, nothing has the focus: what is selected still obeys.
  const onKeyLatest = useRef(onKey);
  useEffect(() => {
    onKeyLatest.current = onKey;
  });
  useEffect(() => {
    const onWindowKey = (event: globalThis.KeyboardEvent) => {
      if (event.target !== document.body || document.querySelector('dialog[open]')) return;
      if (selection.ids().size > 0 && onKeyLatest.current(event, null)) event.preventDefault();
    };
    window.addEventListener('keydown', onWindowKey);
    return () => window.removeEventListener('keydown', onWindowKey);
  }, [selection]);
  const onFocus = (event: FocusEvent) => {
    const itemId = itemAt(event.target);
    if (stretching.current && itemId !== null) selection.stretchTo(itemId, order);
    stretching.current = false;
  };

  return (
    <div
      className="selection-area"
      data-selecting={selecting || undefined}
      onClickCapture={onClick}
      onPointerDownCapture={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endPress}
      onPointerCancel={endPress}
      onContextMenu={(event) => {
        // A long press of a finger would open the browser's menu.
        if (pressed.current) event.preventDefault();
      }}
      onDragStart={onDragStart}
      onKeyDownCapture={onKeyDown}
      onKeyUp={(event) => {
        if (event.key === 'Shift') stretching.current = false;
      }}
      onFocusCapture={onFocus}
    >
      {children}
    </div>
  );
}
