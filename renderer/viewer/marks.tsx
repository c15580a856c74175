// Runs in the page: heart and stars of the one item that is open, in the viewer and in the player.
import type { ItemCard } from '../../contract/media.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useDecisions } from '../selection/context.ts';
import { useCommand } from '../shell/commands.ts';
import { IconButton } from '../ui/button.tsx';
import { FavouriteIcon, StarIcon } from '../ui/icons.ts';
import './marks.css';

type Marked = Pick<ItemCard, 'itemId' | 'favourite' | 'rating'>;

/** What can be decided on an item without selecting it; the native menu's entries do it too while this is there. */
export function useMarks(item: Marked | null) {
  const decide = useDecisions();
  const toggle = () => {
    if (item) decide({ do: 'mark', request: { itemIds: [item.itemId], favourite: 'toggle' } });
  };
  const rate = (rating: number | null) => {
    if (item) decide({ do: 'mark', request: { itemIds: [item.itemId], rating } });
  };
  const when = item !== null;
  useCommand('favourite', toggle, when);
  useCommand('rate-0', () => rate(null), when);
  useCommand('rate-1', () => rate(1), when);
  useCommand('rate-2', () => rate(2), when);
  useCommand('rate-3', () => rate(3), when);
  useCommand('rate-4', () => rate(4), when);
  useCommand('rate-5', () => rate(5), when);
  return { toggle, rate };
}

export function Heart({ item, onToggle }: { readonly item: Marked | null; readonly onToggle: () => void }) {
  const t = useT();
  return (
    <IconButton
      label={t('select.favourite')}
      shortcut="H"
      tip="below-end"
      pressed={item?.favourite === true}
      disabled={item === null}
      onClick={onToggle}
    >
      <FavouriteIcon className="heart" size={19} aria-hidden />
    </IconButton>
  );
}

/** Five stars to press; the one that stands is taken away again. */
export function Stars({ item }: { readonly item: Marked }) {
  const t = useT();
  const format = useFormat();
  const decide = useDecisions();
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
          onClick={() =>
            decide({
              do: 'mark',
              request: { itemIds: [item.itemId], rating: stars === given ? null : stars },
            })
          }
        >
          <StarIcon size={18} aria-hidden />
        </button>
      ))}
    </div>
  );
}
