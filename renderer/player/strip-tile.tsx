// Runs in the page: what a film looks like at some share of its length, cut out of its strip. Serves the player and the grid.
import type { Strip } from '../../contract/playback.ts';

export interface StripTileProps {
  readonly strip: Strip;
  readonly source: string;
  /** 0 to 1 of the film's length. */
  readonly share: number;
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

export function StripTile({ strip, source, share, width, height, className }: StripTileProps) {
  const { tiles, columns } = strip;
  const at = Math.min(tiles - 1, Math.max(0, Math.floor(share * tiles)));
  const left = -(at % columns) * width;
  const top = -Math.floor(at / columns) * height;
  return (
    <span className={className} style={{ inlineSize: width, blockSize: height }}>
      <img
        src={source}
        alt=""
        draggable={false}
        style={{
          inlineSize: width * columns,
          blockSize: height * Math.ceil(tiles / columns),
          transform: `translate(${String(left)}px, ${String(top)}px)`,
        }}
      />
    </span>
  );
}
