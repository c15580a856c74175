// Runs in the page: zooming and panning by wheel, pinch, drag, double click and keys.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Dispatch, PointerEvent, SetStateAction } from 'react';
import { WHOLE, actualScale, fit, limitsOf, settle, zoomAt } from './zoom.ts';
import type { Size, View } from './zoom.ts';

const KEY_STEP = 1.5;
/** A double click on a picture that is hardly larger than the stage comes this much closer. */
const DOUBLE_CLICK = 2.5;

/** A view as React keeps it; two pictures that are compared share one. */
export type ViewState = readonly [View, Dispatch<SetStateAction<View>>];

export type Zoom = ReturnType<typeof useZoom>;

export function useZoom(picture: Size | null, [view, setView]: ViewState) {
  const [stage, setStage] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const pointers = useRef(new Map<number, { x: number; y: number }>());

  useEffect(() => {
    if (!stage) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: stage.clientWidth, height: stage.clientHeight });
    });
    observer.observe(stage);
    return () => observer.disconnect();
  }, [stage]);

  const fitted = useMemo(() => (picture && size.width > 0 ? fit(picture, size) : size), [picture, size]);
  const actual = picture ? actualScale(picture, fitted, window.devicePixelRatio) : 1;
  const limits = useMemo(() => limitsOf(actual), [actual]);
  const change = useCallback(
    (next: (view: View) => View) => setView((before) => settle(next(before), fitted, size, limits)),
    [setView, fitted, size, limits],
  );
  const fromMiddle = useCallback(
    (clientX: number, clientY: number) => {
      const box = stage?.getBoundingClientRect();
      if (!box) return { x: 0, y: 0 };
      return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
    },
    [stage],
  );

  useEffect(() => {
    if (!stage) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = fromMiddle(event.clientX, event.clientY);
      // A trackpad's pinch comes as a wheel with Ctrl and small steps.
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      change((before) => zoomAt(before, factor, x, y, limits));
    };
    // React listens passively, which cannot keep the page itself from zooming.
    stage.addEventListener('wheel', onWheel, { passive: false });
    return () => stage.removeEventListener('wheel', onWheel);
  }, [stage, change, fromMiddle, limits]);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    pointers.current.set(event.pointerId, now);
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId);
    const other = others[0]?.[1];
    if (!other) {
      change((view) => ({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y }));
      return;
    }
    const spread = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y);
    const middle = fromMiddle((now.x + other.x) / 2, (now.y + other.y) / 2);
    change((view) => zoomAt(view, spread(now) / Math.max(1, spread(before)), middle.x, middle.y, limits));
  };
  const onPointerEnd = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId);
  };
  /** Pixel for pixel around a point; from anything but the whole picture back to it. */
  const actualAt = (x: number, y: number) =>
    change((before) => {
      if (before.scale !== 1) return WHOLE;
      const nearly = actual > 0.8 && actual < 1.25;
      return zoomAt(before, nearly ? DOUBLE_CLICK : actual, x, y, limits);
    });
  const onDoubleClick = (event: { clientX: number; clientY: number }) => {
    const { x, y } = fromMiddle(event.clientX, event.clientY);
    actualAt(x, y);
  };

  return {
    setStage,
    view,
    fitted,
    stageSize: size,
    /** How many screen pixels show one of the picture. */
    pixels: view.scale / actual,
    closer: () => change((before) => zoomAt(before, KEY_STEP, 0, 0, limits)),
    farther: () => change((before) => zoomAt(before, 1 / KEY_STEP, 0, 0, limits)),
    whole: () => setView(WHOLE),
    actual: () => change((before) => zoomAt(before, actual / before.scale, 0, 0, limits)),
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: onPointerEnd,
      onPointerCancel: onPointerEnd,
      onDoubleClick,
    },
  };
}
