// Runs in the page: the tags of what is selected: those it has, those there are, new ones.
import { useId, useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { useCollections, useTagsOf } from '../engine/decisions.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CloseIcon, LargerIcon, TagIcon } from '../ui/icons.ts';
import { useDecisions } from './context.ts';

export interface TagsDialogProps {
  readonly itemIds: ItemId[];
  readonly onClose: () => void;
}

/** Other tags that are offered; more are found by typing. */
const MOST_OFFERED = 24;

export function TagsDialog({ itemIds, onClose }: TagsDialogProps) {
  const t = useT();
  const format = useFormat();
  const decide = useDecisions();
  const listId = useId();
  const has = useTagsOf(itemIds).data ?? [];
  const all = useCollections().data?.tags ?? [];
  const [name, setName] = useState('');
  const add = (tag: string) => {
    if (tag.trim() === '') return;
    decide({ do: 'mark', request: { itemIds, addTags: [tag.trim()] } });
    setName('');
  };
  const others = all.filter((tag) => !has.some((one) => one.name === tag.name));
  return (
    <Dialog
      icon={<TagIcon size={19} strokeWidth={1.9} />}
      title={t('tags.title', { count: itemIds.length, n: format.number(itemIds.length) })}
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('common.done')}
        </Button>
      }
    >
      <div className="tags-add">
        <input
          type="text"
          className="text-field"
          autoFocus
          autoComplete="off"
          maxLength={200}
          list={listId}
          aria-label={t('tags.new')}
          placeholder={t('tags.new')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) add(name);
          }}
        />
        <datalist id={listId}>
          {others.map((tag) => (
            <option key={tag.name} value={tag.name} />
          ))}
        </datalist>
        <Button disabled={name.trim() === ''} onClick={() => add(name)}>
          {t('tags.add')}
        </Button>
      </div>
      {has.length > 0 && (
        <ul className="tags" aria-label={t('tags.has')}>
          {has.map((tag) => (
            <li key={tag.name} className="tag">
              {tag.name}
              {tag.items < itemIds.length && (
                <small>
                  {t('tags.some', { n: format.number(tag.items), total: format.number(itemIds.length) })}
                </small>
              )}
              <button
                type="button"
                aria-label={t('tags.remove', { name: tag.name })}
                onClick={() => decide({ do: 'mark', request: { itemIds, removeTags: [tag.name] } })}
              >
                <CloseIcon size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <>
          <h3 className="tags-title">{t('tags.others')}</h3>
          <ul className="tags">
            {others.slice(0, MOST_OFFERED).map((tag) => (
              <li key={tag.name}>
                <button type="button" className="tag tag-offer" onClick={() => add(tag.name)}>
                  <LargerIcon size={13} aria-hidden />
                  {tag.name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
