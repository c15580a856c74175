// Runs in the page: heart and stars of the one item that is open, in the viewer and in the player.
import type { ItemCard } from '../../contract/media.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useDecisions } from '../selection/context.ts';
import { useCommand } from '../shell/commands.ts';
import { IconButton } from '../ui/button.tsx';
import { FavouriteIcon, StarIcon } from '../ui/icons.ts';
import './marks.css';

type Marked = Pick<ItemCard, 'itemId' | 'favourite' | 'rating'>;

/** What can be decided on an item without selecting it. */
function useMark(item: Marked | null) {
  const decide = useDecisions();
  return {
    toggle: (): void => {
      if (item) decide({ do: 'mark', request: { itemIds: [item.itemId], favourite: 'toggle' } });
    },
    rate: (rating: number | null): void => {
      if (item) decide({ do: 'mark', request: { itemIds: [item.itemId], rating } });
    },
  };
}

/** As {@link useMark}; the native menu's entries do the same while this is there. */
export function useMarkCommands(item: Marked | null) {
  const mark = useMark(item);
  const when = item !== null;
  useCommand('favourite', mark.toggle, when);
  useCommand('rate-0', () => mark.rate(null), when);
  useCommand('rate-1', () => mark.rate(1), when);
  useCommand('rate-2', () => mark.rate(2), when);
  useCommand('rate-3', () => mark.rate(3), when);
  useCommand('rate-4', () => mark.rate(4), when);
  useCommand('rate-5', () => mark.rate(5), when);
  return mark;
}

export function Heart({ item }: { readonly item: Marked | null }) {
  const t = useT();
  const { toggle } = useMark(item);
  return (
    <IconButton
      label={t('select.favourite')}
      shortcut="H"
      tip="below-end"
      pressed={item?.favourite === true}
      disabled={item === null}
      onClick={toggle}
    >
      <FavouriteIcon className="heart" size={19} aria-hidden />
    </IconButton>
  );
}

/** Five stars to press; the one that stands is taken away again. */
export function Stars({ item }: { readonly item: Marked }) {
  const t = useT();
  const format = useFormat();
  const { rate } = useMark(item);
  const given = Math.round(item.rating ?? 0);
  return (
    <div className="stars" role="group" aria-label={t('select.rate')}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={t('select.stars', { count: stars, n: format.number(stars) })}
          aria-pressed={given === stars}
          data-given={stars <= given || undefined}
          onClick={() => rate(stars === given ? null : stars)}
        >
          <StarIcon size={18} aria-hidden />
        </button>
      ))}
    </div>
  );
}
