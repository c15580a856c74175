// Runs in the page: the line above a picture in the viewer.
import type { ReactNode } from 'react';
import type { Result } from '../../contract/search.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useCanAct } from '../shell/facts.ts';
import { IconButton } from '../ui/button.tsx';
import {
  BackIcon,
  CompareIcon,
  DetailsIcon,
  FilmstripIcon,
  FullScreenIcon,
  LeaveFullScreenIcon,
  MoreLikeIcon,
  PauseIcon,
  RegionsIcon,
  SearchByIcon,
  SlideshowIcon,
} from '../ui/icons.ts';
import { Heart } from './marks.tsx';

/** What the viewer shows beside the picture, kept while one goes from picture to picture. */
export type Part = 'details' | 'regions' | 'filmstrip';
export type Shows = Readonly<Record<Part, boolean>>;

export interface ViewerBarProps {
  readonly name: string;
  readonly item: Result | null;
  readonly shows: Shows;
  readonly comparing: boolean;
  readonly playing: boolean;
  readonly full: boolean;
  readonly onToggle: (what: Part) => void;
  readonly onSearchBy: (alone: boolean) => void;
  readonly onCompare: () => void;
  readonly onPlay: () => void;
  readonly onFull: () => void;
  readonly onClose: () => void;
}

interface ToolProps {
  readonly label: string;
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, shortcut, pressed, ...rest }: ToolProps) {
  const known = {
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(pressed === undefined ? {} : { pressed }),
  };
  return <IconButton label={label} tip="below-end" {...known} {...rest} />;
}

export function ViewerBar(props: ViewerBarProps) {
  const { name, item, shows, onToggle, onSearchBy } = props;
  const t = useT();
  const format = useFormat();
  const [canOutline, canCompare] = [useCanAct('outlines'), useCanAct('compare')];
  const canPlay = useCanAct('slideshow');
  return (
    <header className="viewer-bar">
      <IconButton label={t('viewer.back')} shortcut="Esc" tip="below-start" onClick={props.onClose}>
        <BackIcon size={20} aria-hidden />
      </IconButton>
      <div className="viewer-name">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {item?.taken && <span>{format.dateTime(wallClockMs(item.taken))}</span>}
      </div>
      {canOutline && (
        <Tool
          label={t('viewer.regions')}
          shortcut="R"
          pressed={shows.regions}
          onClick={() => onToggle('regions')}
        >
          <RegionsIcon size={19} aria-hidden />
        </Tool>
      )}
      <Heart item={item} />
      <Tool label={t('viewer.moreLike')} shortcut="M" disabled={!item} onClick={() => onSearchBy(true)}>
        <MoreLikeIcon size={19} aria-hidden />
      </Tool>
      <Tool label={t('viewer.searchBy')} disabled={!item} onClick={() => onSearchBy(false)}>
        <SearchByIcon size={19} aria-hidden />
      </Tool>
      <span className="viewer-tools-wide">
        <Tool
          label={t('viewer.compare')}
          shortcut="C"
          pressed={props.comparing}
          disabled={!canCompare && !props.comparing}
          onClick={props.onCompare}
        >
          <CompareIcon size={19} aria-hidden />
        </Tool>
        <Tool
          label={t('viewer.filmstrip')}
          shortcut="T"
          pressed={shows.filmstrip}
          onClick={() => onToggle('filmstrip')}
        >
          <FilmstripIcon size={19} aria-hidden />
        </Tool>
        <Tool
          label={t('viewer.slideshow')}
          shortcut="S"
          pressed={props.playing}
          disabled={!canPlay && !props.playing}
          onClick={props.onPlay}
        >
          {props.playing ? <PauseIcon size={19} aria-hidden /> : <SlideshowIcon size={19} aria-hidden />}
        </Tool>
        <Tool label={t('viewer.fullScreen')} shortcut="F" pressed={props.full} onClick={props.onFull}>
          {props.full ? (
            <LeaveFullScreenIcon size={18} aria-hidden />
          ) : (
            <FullScreenIcon size={18} aria-hidden />
          )}
        </Tool>
      </span>
      <Tool
        label={t('viewer.details')}
        shortcut="I"
        pressed={shows.details}
        onClick={() => onToggle('details')}
      >
        <DetailsIcon size={19} aria-hidden />
      </Tool>
    </header>
  );
}
