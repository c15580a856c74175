// Runs in the page: what comes into the window from the desktop: the menu's commands, drops, files opened with the app.
import { useState } from 'react';
import type { OpenedPath } from '../../contract/desktop.ts';
import type { ItemId } from '../../contract/ids.ts';
import { bridge } from '../engine/bridge.ts';
import { useEngine } from '../engine/engine.ts';
import { useT } from '../i18n/i18n.ts';
import { DropTarget } from '../search/drop-target.tsx';
import { useSelected } from '../selection/context.ts';
import { useFolderPicker } from '../upkeep/folder-picker.tsx';
import type { Panel } from '../upkeep/panels.tsx';
import { useCommand } from './commands.ts';
import { useFact } from './facts.ts';
import { useShell } from './use-shell.ts';
import { WatchDialog } from './watch-dialog.tsx';

export interface DesktopShellProps {
  readonly opened: ItemId | null;
  readonly onOpen: (itemId: ItemId) => void;
  readonly onPanel: (panel: Panel) => void;
  readonly onRescan: () => void;
  readonly onPictures: (files: readonly File[]) => void;
  readonly onRefused: () => void;
  readonly say: (text: string) => void;
}

const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '') || '/';
const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

export function DesktopShell(props: DesktopShellProps) {
  const { opened, onOpen, onPanel, say } = props;
  const t = useT();
  const { client } = useEngine();
  const pick = useFolderPicker();
  const selected = useSelected();
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const [first] = selected;
  const item = opened ?? first;
  useFact('selected', selected.size > 0);

  const addFolder = async () => {
    const path = await pick(t('roots.pick'));
    if (path !== null) setAsked([path]);
  };
  useCommand('add-folder', () => void addFolder());
  useCommand('look-again', props.onRescan);
  useCommand('settings', () => onPanel('settings'));
  useCommand('errors', () => onPanel('errors'));
  useCommand('keys', () => onPanel('keys'));
  useCommand('open-with', () => void bridge()?.openWith(item ?? 0), item !== undefined);
  useCommand('reveal', () => void bridge()?.reveal(item ?? 0), item !== undefined);

  /** A file of the library is shown; of another one the folder is offered to be watched. */
  const show = async (paths: readonly OpenedPath[]) => {
    const folders = paths.filter(({ isFolder }) => isFolder).map(({ path }) => path);
    for (const { path } of paths.filter(({ isFolder }) => !isFolder)) {
      const known = await client.items.byPath({ path }).catch(() => null);
      if (known) onOpen(known.itemId);
      else {
        say(t('shell.notKnown', { name: nameOf(path) }));
        folders.push(folderOf(path));
      }
    }
    if (folders.length > 0) setAsked([...new Set(folders)]);
  };
  useShell({ onNothing: () => say(t('shell.nothing')), onOpened: (paths) => void show(paths) });

  return (
    <>
      <DropTarget onPictures={props.onPictures} onRefused={props.onRefused} onFolders={setAsked} />
      {asked && <WatchDialog folders={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
