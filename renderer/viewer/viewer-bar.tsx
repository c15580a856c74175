// Runs in the page: the line above a picture in the viewer.
import type { Result } from '../../contract/search.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { BackIcon, DetailsIcon, MoreLikeIcon, RegionsIcon, SearchByIcon } from '../ui/icons.ts';

export interface ViewerBarProps {
  readonly item: Result;
  readonly hasRegions: boolean;
  readonly showsRegions: boolean;
  readonly showsDetails: boolean;
  readonly onToggle: (what: 'details' | 'regions') => void;
  readonly onSearchBy: (item: Result, alone: boolean) => void;
  readonly onClose: () => void;
}

export function ViewerBar(props: ViewerBarProps) {
  const { item, hasRegions, showsRegions, showsDetails, onToggle, onSearchBy, onClose } = props;
  const t = useT();
  const format = useFormat();
  return (
    <header className="viewer-bar">
      <IconButton label={t('viewer.back')} shortcut="Esc" tip="below-start" onClick={onClose}>
        <BackIcon size={20} aria-hidden />
      </IconButton>
      <div className="viewer-name">
        <strong>
          <bdi>{item.name}</bdi>
        </strong>
        {item.taken && <span>{format.dateTime(wallClockMs(item.taken))}</span>}
      </div>
      {hasRegions && (
        <IconButton
          label={t('viewer.regions')}
          shortcut="R"
          pressed={showsRegions}
          onClick={() => onToggle('regions')}
        >
          <RegionsIcon size={19} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('viewer.searchBy')} onClick={() => onSearchBy(item, false)}>
        <SearchByIcon size={19} aria-hidden />
      </IconButton>
      <IconButton
        label={t('viewer.moreLike')}
        shortcut="M"
        tip="below-end"
        onClick={() => onSearchBy(item, true)}
      >
        <MoreLikeIcon size={19} aria-hidden />
      </IconButton>
      <IconButton
        label={t('viewer.details')}
        shortcut="I"
        tip="below-end"
        pressed={showsDetails}
        onClick={() => onToggle('details')}
      >
        <DetailsIcon size={19} aria-hidden />
      </IconButton>
    </header>
  );
}
