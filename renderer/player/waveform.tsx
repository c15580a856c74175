// Runs in the page: the loudness of a sound over its time, painted on a canvas.
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/i18n.ts';

const BAR = 2;
const GAP = 1;

export function Waveform({ peaks, share }: { readonly peaks: readonly number[]; readonly share: number }) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const paint = () => {
      const context = element.getContext('2d');
      if (!context) return;
      const scale = window.devicePixelRatio;
      const [width, height] = [element.clientWidth, element.clientHeight];
      element.width = Math.round(width * scale);
      element.height = Math.round(height * scale);
      context.scale(scale, scale);
      const style = getComputedStyle(element);
      const bars = Math.max(1, Math.floor(width / (BAR + GAP)));
      const loudest = Math.max(1, ...peaks);
      for (let bar = 0; bar < bars; bar += 1) {
        const from = Math.floor((bar / bars) * peaks.length);
        const until = Math.max(from + 1, Math.floor(((bar + 1) / bars) * peaks.length));
        const high = Math.max(0, ...peaks.slice(from, until)) / loudest;
        const tall = Math.max(2, high * (height - 4));
        context.fillStyle = style.getPropertyValue(bar / bars < share ? '--accent' : '--line-strong');
        context.fillRect(bar * (BAR + GAP), (height - tall) / 2, BAR, tall);
      }
    };
    paint();
    const sizes = new ResizeObserver(paint);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [peaks, share]);
  return <canvas ref={canvas} className="waveform" role="img" aria-label={t('player.waveform')} />;
}
