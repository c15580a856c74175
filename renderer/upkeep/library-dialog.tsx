// Runs in the page: the folders and the packs of the library, in one place.
import { useT } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PacksSection } from './packs-section.tsx';
import { RootsSection } from './roots-section.tsx';
import './entries.css';

export function LibraryDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog wide title={t('library.title')} onClose={onClose}>
      <RootsSection />
      <PacksSection />
    </Dialog>
  );
}
