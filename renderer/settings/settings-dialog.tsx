// Runs in the page: everything that can be set, by subject.
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { bridge } from '../engine/bridge.ts';
import { useT } from '../i18n/i18n.ts';
import type { Key } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DesktopIcon, FolderIcon, IndexingIcon, LookIcon, PackIcon, StorageIcon } from '../ui/icons.ts';
import type { Panel } from '../upkeep/panels.tsx';
import { PacksSections } from '../upkeep/packs-section.tsx';
import { RootsSection } from '../upkeep/roots-section.tsx';
import { DesktopTab } from './desktop-tab.tsx';
import { IgnoreSection } from './ignore-section.tsx';
import { IndexingTab } from './indexing-tab.tsx';
import { LookTab } from './look-tab.tsx';
import { StorageTab } from './storage-tab.tsx';
import '../upkeep/entries.css';
import './settings-dialog.css';

export interface SettingsDialogProps {
  readonly onClose: () => void;
  readonly onPanel: (panel: Panel) => void;
}

export function SettingsDialog({ onClose, onPanel }: SettingsDialogProps) {
  const t = useT();
  const look = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
  const tabs: readonly (readonly [value: string, name: Key, icon: ReactNode, content: ReactNode])[] = [
    [
      'folders',
      'roots.title',
      <FolderIcon key="icon" {...look} />,
      <>
        <RootsSection />
        <IgnoreSection />
      </>,
    ],
    ['packs', 'settings.packs', <PackIcon key="icon" {...look} />, <PacksSections key="content" />],
    ['indexing', 'settings.indexing', <IndexingIcon key="icon" {...look} />, <IndexingTab key="content" />],
    ['look', 'settings.look', <LookIcon key="icon" {...look} />, <LookTab key="content" />],
    [
      'storage',
      'settings.storage',
      <StorageIcon key="icon" {...look} />,
      <StorageTab key="content" onErrors={() => onPanel('errors')} />,
    ],
    ...(bridge()
      ? [
          [
            'desktop',
            'settings.desktop',
            <DesktopIcon key="icon" {...look} />,
            <DesktopTab key="content" />,
          ] as const,
        ]
      : []),
  ];
  return (
    <Dialog size="large" title={t('settings.title')} onClose={onClose}>
      <Tabs.Root className="settings" defaultValue="folders" orientation="vertical">
        <Tabs.List className="settings-tabs" aria-label={t('settings.title')}>
          {tabs.map(([value, name, icon]) => (
            <Tabs.Trigger key={value} value={value} className="settings-tab">
              {icon}
              {t(name)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {tabs.map(([value, , , content]) => (
          <Tabs.Content key={value} value={value} className="settings-content">
            {content}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
