// Runs in the page: how large the pictures of the grid are, kept for the next start.
import { useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import './size-slider.css';

const KEY = 'afterimage.grid-size';
const SMALLEST = 100;
const LARGEST = 420;
const USUAL = 210;

/** Height of a row to come near to, in CSS pixels. */
export function useGridSize(): readonly [number, (size: number) => void] {
  const [size, setSize] = useState(() => {
    const kept = Number(window.localStorage.getItem(KEY));
    return kept >= SMALLEST && kept <= LARGEST ? kept : USUAL;
  });
  return [
    size,
    (next) => {
      window.localStorage.setItem(KEY, String(next));
      setSize(next);
    },
  ];
}

export interface SizeSliderProps {
  readonly size: number;
  readonly onSize: (size: number) => void;
}

export function SizeSlider({ size, onSize }: SizeSliderProps) {
  const t = useT();
  return (
    <input
      type="range"
      className="size-slider"
      aria-label={t('grid.size')}
      title={t('grid.size')}
      min={SMALLEST}
      max={LARGEST}
      step={10}
      value={size}
      onChange={(event) => onSize(event.target.valueAsNumber)}
    />
  );
}
