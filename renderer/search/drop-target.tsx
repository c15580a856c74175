// Runs in the page: pictures dropped on the window or pasted into it become what is searched by; folders, what is watched.
import { useEffect, useState } from 'react';
import { bridge } from '../engine/bridge.ts';
import { useT } from '../i18n/i18n.ts';
import { carriesOwn } from '../selection/dragged.ts';
import { DropIcon } from '../ui/icons.ts';
import { isPictureFile } from './examples.ts';
import './drop-target.css';

export interface DropTargetProps {
  readonly onPictures: (files: readonly File[]) => void;
  /** Something was dropped that is no picture. */
  readonly onRefused: () => void;
  /** Absolute. Only the app knows where a dropped folder lies. */
  readonly onFolders: (paths: readonly string[]) => void;
}

const carriesFiles = (event: DragEvent) =>
  event.dataTransfer?.types.includes('Files') === true && !carriesOwn();

function foldersIn(event: DragEvent): string[] {
  const app = bridge();
  return [...(event.dataTransfer?.items ?? [])].flatMap((item) => {
    const file =
      item.kind === 'file' && item.webkitGetAsEntry()?.isDirectory === true ? item.getAsFile() : null;
    const path = app && file ? app.pathOf(file) : '';
    return path === '' ? [] : [path];
  });
}

export function DropTarget({ onPictures, onRefused, onFolders }: DropTargetProps) {
  const t = useT();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering a child leaves its parent: the depth tells when the window itself is left.
    let depth = 0;
    const take = (files: readonly File[]) => {
      const pictures = files.filter(isPictureFile);
      if (pictures.length > 0) onPictures(pictures);
      else onRefused();
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Without this the browser would leave the page and show the file.
      event.preventDefault();
      depth = 0;
      setOver(false);
      const folders = foldersIn(event);
      if (folders.length > 0) onFolders(folders);
      else take([...(event.dataTransfer?.files ?? [])]);
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('dragenter', onEnter, { signal });
    window.addEventListener('dragleave', onLeave, { signal });
    window.addEventListener('dragover', onOver, { signal });
    window.addEventListener('drop', onDrop, { signal });
    window.addEventListener('paste', onPaste, { signal });
    return () => {
      stop.abort();
    };
  }, [onPictures, onRefused, onFolders]);

  if (!over) return null;
  return (
    <div className="drop-target">
      <div>
        <DropIcon size={40} strokeWidth={1.5} aria-hidden />
        <p>{t('drop.title')}</p>
        <p>{t('drop.explain')}</p>
        {bridge() && <p>{t('drop.orFolder')}</p>}
      </div>
    </div>
  );
}
