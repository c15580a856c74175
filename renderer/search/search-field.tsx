// Runs in the page: the search field with its pictures, ready to type in from the start.
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useEngine } from '../engine/engine.ts';
import type { ItemId } from '../../contract/ids.ts';
import type { Example } from '../engine/queries.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { BlobPicture } from '../ui/canvas-picture.tsx';
import { ChoosePictureIcon, CloseIcon, PictureIcon, SearchIcon } from '../ui/icons.ts';
import { OFFERS_ID, Suggestions, offerId } from './suggestions.tsx';
import type { Search } from './use-search.ts';
import { useSuggestions } from './use-suggestions.ts';
import './search-field.css';

function ExamplePicture({ example }: { readonly example: Example }) {
  const { media } = useEngine();
  const { query } = example;
  if (query.source === 'item')
    return <img src={media(query.itemId as ItemId, 'preview')} alt="" draggable={false} />;
  return <BlobPicture blob={query.data} pixels={56} fallback={<PictureIcon size={16} aria-hidden />} />;
}

function ExampleChip({ example, onRemove }: { readonly example: Example; readonly onRemove: () => void }) {
  const t = useT();
  return (
    <span className="example-chip">
      <ExamplePicture example={example} />
      <span className="example-name">{example.name}</span>
      <button type="button" aria-label={t('search.removePicture', { name: example.name })} onClick={onRemove}>
        <CloseIcon size={14} aria-hidden />
      </button>
    </span>
  );
}

export interface SearchFieldProps {
  readonly search: Search;
  readonly busy: boolean;
  /** Name of the collection that is searched in; null: everything. */
  readonly within: string | null;
  /** From the field into the results. */
  readonly onDown: () => void;
}

export function SearchField({ search, busy, within, onDown }: SearchFieldProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(search, onDown);
  const { offers, active } = suggestions;

  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const inField = event.target instanceof HTMLInputElement;
      const slash = event.key === '/' && !inField && !event.ctrlKey && !event.metaKey && !event.altKey;
      const find = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if ((!slash && !find) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', focus);
    return () => {
      window.removeEventListener('keydown', focus);
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // A key that ends a syllable being composed is not meant for us.
    if (event.nativeEvent.isComposing) return;
    if (suggestions.onKey(event)) {
      event.preventDefault();
      return;
    }
    const last = search.examples.at(-1);
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.key === 'Escape') search.clear();
    else if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Backspace' && atStart && last) search.removeExample(last.id);
    else return;
    event.preventDefault();
  };

  const placeholder =
    search.examples.length > 0
      ? t('search.placeholderMore')
      : within === null
        ? t('search.placeholder')
        : t('side.searchIn', { name: within });
  const hasQuery = search.text !== '' || search.examples.length > 0;
  return (
    <div className="search-field" role="search" data-busy={busy || undefined}>
      <SearchIcon size={18} aria-hidden />
      {search.examples.map((example) => (
        <ExampleChip
          key={example.id}
          example={example}
          onRemove={() => {
            search.removeExample(example.id);
            input.current?.focus();
          }}
        />
      ))}
      <input
        ref={input}
        // The one thing that a person comes for: ready without a click.
        autoFocus
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={10_000}
        aria-label={t('search.label')}
        placeholder={placeholder}
        value={search.text}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? OFFERS_ID : undefined}
        aria-activedescendant={active >= 0 ? offerId(active) : undefined}
        onChange={(event) => {
          search.setText(event.target.value);
          suggestions.open();
        }}
        onClick={suggestions.open}
        onBlur={suggestions.close}
        onKeyDown={onKeyDown}
      />
      {hasQuery && (
        <IconButton
          label={t('search.clear')}
          shortcut="Esc"
          onClick={() => {
            search.clear();
            input.current?.focus();
          }}
        >
          <CloseIcon size={16} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('search.byPicture')} tip="below-end" onClick={() => chooser.current?.click()}>
        <ChoosePictureIcon size={18} aria-hidden />
      </IconButton>
      <input
        ref={chooser}
        type="file"
        accept="image/*,.heic,.heif,.dng,.jxl"
        multiple
        hidden
        onChange={(event) => {
          search.addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
          input.current?.focus();
        }}
      />
      {offers.length > 0 && (
        <Suggestions
          offers={offers}
          active={active}
          onChoose={suggestions.choose}
          onForget={suggestions.forget}
        />
      )}
    </div>
  );
}
