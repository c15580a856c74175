// Runs in the page: the dialogs of upkeep, one at a time.
import { ErrorsDialog } from './errors-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';

export type Panel = 'settings' | 'errors' | 'keys';

export interface PanelsProps {
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
}

export function Panels({ panel, onPanel }: PanelsProps) {
  const close = () => onPanel(null);
  if (panel === 'settings') return <SettingsDialog onClose={close} onPanel={onPanel} />;
  if (panel === 'errors') return <ErrorsDialog onClose={close} />;
  if (panel === 'keys') return <KeysDialog onClose={close} />;
  return null;
}
