// Runs in the page: where a picture was taken, on a map that is drawn from outlines in the app.
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { useLive } from '../engine/engine.ts';
import { IconButton } from '../ui/button.tsx';
import { LargerIcon, SmallerIcon } from '../ui/icons.ts';
import { theme } from '../ui/theme.ts';
import type { Shape, World } from './world.ts';
import { readWorld } from './world.ts';
import './place-map.css';

/** Degrees of latitude from edge to edge: a region, a country, a continent, all. */
const SPANS = [9, 26, 75, 178] as const;
const FIRST = 1;
const HEIGHT = 168;

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly place: Place;
  readonly span: number;
}

/**
 * Degrees to pixels: equirectangular, true to scale at the place's own latitude. Near the poles a degree of
 * longitude has no width: there the scale of 80 degrees is kept.
 */
function projection({ width, place, span }: Drawing) {
  const scale = HEIGHT / span;
  // All the world is shown from pole to pole.
  const middle = span > 90 ? 0 : place.latitude;
  const squeeze = span > 90 ? 1 : Math.cos((Math.min(80, Math.abs(middle)) * Math.PI) / 180);
  return {
    x: (longitude: number) => width / 2 + (longitude - place.longitude) * scale * squeeze,
    y: (latitude: number) => HEIGHT / 2 - (latitude - middle) * scale,
  };
}

/** Adds what is in sight to the path; what lies beyond the date line comes again from the other side. */
function trace(drawing: Drawing, shapes: readonly Shape[], closed: boolean): void {
  const { context, width } = drawing;
  const { x, y } = projection(drawing);
  for (const { lines, box } of shapes)
    for (const turn of [-360, 0, 360]) {
      const [west, south, east, north] = box;
      if (x(east + turn) < 0 || x(west + turn) > width || y(south) < 0 || y(north) > HEIGHT) continue;
      for (const line of lines) {
        for (let i = 0; i < line.length; i += 2) {
          const [px, py] = [x((line[i] ?? 0) + turn), y(line[i + 1] ?? 0)];
          if (i === 0) context.moveTo(px, py);
          else context.lineTo(px, py);
        }
        if (closed) context.closePath();
      }
    }
}

function draw(canvas: HTMLCanvasElement, world: World, place: Place, span: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  const width = canvas.clientWidth;
  canvas.width = width * ratio;
  canvas.height = HEIGHT * ratio;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name);
  const drawing = { context, width, place, span };
  context.fillStyle = colour('--map-sea');
  context.fillRect(0, 0, width, HEIGHT);
  context.beginPath();
  trace(drawing, world.land, true);
  context.fillStyle = colour('--map-land');
  context.fill('evenodd');
  context.beginPath();
  trace(drawing, world.borders, false);
  context.strokeStyle = colour('--map-border');
  context.lineWidth = 0.75;
  context.stroke();
  const { x, y } = projection(drawing);
  context.beginPath();
  context.arc(x(place.longitude), y(place.latitude), 6, 0, 2 * Math.PI);
  context.fillStyle = colour('--accent');
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = colour('--raised');
  context.stroke();
}

export function PlaceMap({ place, label }: { readonly place: Place; readonly label: string }) {
  const t = useT();
  const shownTheme = useLive(theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [world, setWorld] = useState<World | null>(null);
  const [level, setLevel] = useState(FIRST);
  const { latitude, longitude } = place;
  useEffect(() => {
    let gone = false;
    readWorld().then(
      (read) => {
        if (!gone) setWorld(read);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  useEffect(() => {
    if (canvas.current && world)
      draw(canvas.current, world, { latitude, longitude }, SPANS[level] ?? SPANS[FIRST]);
  }, [world, latitude, longitude, level, shownTheme]);
  return (
    <div className="place-map">
      <canvas ref={canvas} role="img" aria-label={label} />
      <div className="place-map-zoom">
        <IconButton label={t('map.closer')} disabled={level === 0} onClick={() => setLevel(level - 1)}>
          <LargerIcon size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('map.farther')}
          disabled={level === SPANS.length - 1}
          onClick={() => setLevel(level + 1)}
        >
          <SmallerIcon size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
