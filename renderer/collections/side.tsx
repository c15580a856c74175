// Runs in the page: where the side bar stands: beside the pictures, or over them in a narrow window.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useT } from '../i18n/i18n.ts';
import { useFact } from '../shell/facts.ts';
import { IconButton } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { SidebarIcon } from '../ui/icons.ts';
import { Sidebar } from './sidebar.tsx';
import type { SidebarProps } from './sidebar.tsx';

const KEY = 'afterimage.sidebar';
const narrow = window.matchMedia('(max-width: 900px)');

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}

/** Whether the side bar shows, kept for the next start; over a narrow window it shows only while it is asked for. */
export function useSide() {
  const isNarrow = useIsNarrow();
  const [beside, setBeside] = useState(() => window.localStorage.getItem(KEY) !== 'closed');
  const [over, setOver] = useState(false);
  const toggle = () => {
    if (isNarrow) setOver(!over);
    else {
      window.localStorage.setItem(KEY, beside ? 'closed' : 'open');
      setBeside(!beside);
    }
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (event.key.toLowerCase() !== 'b' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (typing || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return { isNarrow, open: isNarrow ? over : beside, toggle, close: () => setOver(false) };
}

export type Side = ReturnType<typeof useSide>;

export function SideButton({ side }: { readonly side: Side }) {
  const t = useT();
  return (
    <IconButton
      label={t('side.toggle')}
      shortcut="B"
      tip="below-start"
      aria-expanded={side.open}
      onClick={side.toggle}
    >
      <SidebarIcon size={19} aria-hidden />
    </IconButton>
  );
}

export function SidePlace({ side, ...props }: SidebarProps & { readonly side: Side }) {
  const t = useT();
  useFact('dialog', side.open && side.isNarrow);
  if (!side.open) return null;
  if (!side.isNarrow) return <Sidebar {...props} />;
  return (
    <Modal className="side-drawer" label={t('side.title')} onClose={side.close}>
      <Sidebar
        {...props}
        onScope={(scope) => {
          props.onScope(scope);
          side.close();
        }}
        onSearch={(search) => {
          props.onSearch(search);
          side.close();
        }}
      />
    </Modal>
  );
}
