// Runs in the page: the saved searches of the side bar: albums that fill themselves.
import { useState } from 'react';
import type { SavedSearch } from '../../contract/decisions.ts';
import { useT } from '../i18n/i18n.ts';
import { useDecisions } from '../selection/context.ts';
import { RemoveIcon, RenameIcon, RetryIcon, SmartIcon } from '../ui/icons.ts';
import { MenuItem } from '../ui/menu.tsx';
import { NameField } from './name-field.tsx';
import { Row } from './row.tsx';

export interface SearchRowsProps {
  readonly searches: readonly SavedSearch[];
  readonly text: string;
  readonly adding: boolean;
  readonly onAdded: () => void;
  readonly onSearch: (search: SavedSearch) => void;
}

export function SearchRows({ searches, text, adding, onAdded, onSearch }: SearchRowsProps) {
  const t = useT();
  const decide = useDecisions();
  const [renaming, setRenaming] = useState<number | null>(null);
  return (
    <ul>
      {searches.map((search) => {
        const { searchId, name } = search;
        const remove = () => decide({ do: 'remove-search', searchId });
        const differs = text !== '' && text !== search.text;
        return (
          <li key={searchId}>
            <Row
              icon={<SmartIcon size={17} strokeWidth={1.75} aria-hidden />}
              name={name}
              active={text === search.text}
              onGo={() => onSearch(search)}
              renaming={renaming === searchId}
              onStartRename={() => setRenaming(searchId)}
              onRename={(next) => decide({ do: 'change-search', search: { ...search, name: next } })}
              onRenamed={() => setRenaming(null)}
              onRemove={remove}
              menu={
                <>
                  <MenuItem
                    icon={<RenameIcon size={16} aria-hidden />}
                    shortcut="F2"
                    onSelect={() => setRenaming(searchId)}
                  >
                    {t('side.renameIt')}
                  </MenuItem>
                  {differs && (
                    <MenuItem
                      icon={<RetryIcon size={16} aria-hidden />}
                      onSelect={() => decide({ do: 'change-search', search: { ...search, text } })}
                    >
                      {t('side.replaceSearch')}
                    </MenuItem>
                  )}
                  <MenuItem icon={<RemoveIcon size={16} aria-hidden />} onSelect={remove}>
                    {t('side.removeSearch')}
                  </MenuItem>
                </>
              }
            />
          </li>
        );
      })}
      {adding && (
        <li>
          <NameField
            label={t('side.saveSearch')}
            start={text}
            onName={(name) => {
              if (name !== null) decide({ do: 'save-search', name, text });
              onAdded();
            }}
          />
        </li>
      )}
      {searches.length === 0 && !adding && <li className="side-hint">{t('side.searchesHint')}</li>}
    </ul>
  );
}
