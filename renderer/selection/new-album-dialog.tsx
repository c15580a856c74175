// Runs in the page: the name of a new album for what is selected.
import { useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { AlbumIcon } from '../ui/icons.ts';

export interface NewAlbumDialogProps {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

export function NewAlbumDialog({ onName, onClose }: NewAlbumDialogProps) {
  const t = useT();
  const [name, setName] = useState('');
  const make = () => {
    if (name.trim() === '') return;
    onName(name.trim());
    onClose();
  };
  return (
    <Dialog
      icon={<AlbumIcon size={19} strokeWidth={1.9} />}
      title={t('side.newAlbum')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={name.trim() === ''} onClick={make}>
            {t('select.makeAlbum')}
          </Button>
        </>
      }
    >
      <input
        type="text"
        className="text-field"
        autoFocus
        autoComplete="off"
        maxLength={200}
        aria-label={t('side.albumName')}
        placeholder={t('side.albumName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) make();
        }}
      />
    </Dialog>
  );
}
