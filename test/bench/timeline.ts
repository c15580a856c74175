// Runs by hand: how a library of many pictures behaves in Chromium: first grid, the scrubber dragged from end to end, memory.
// node test/bench/timeline.ts [PICTURES]: 100,000 when not said.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { generateLibrary } from '../../hosts/bench/generated-library.ts';
import { makeLooks } from '../../hosts/bench/looks.ts';
import { latenciesOf } from '../../hosts/bench/percentiles.ts';
import { builtInFolder } from '../../hosts/library-folder.ts';
import { BUILT_IN, type Log } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { launchBrowser, openPage, startHost } from '../support/browser-host.ts';
import { buildRenderer } from '../../scripts/building.ts';

const LOOKS = 600;
const DRAG_MS = 8_000;
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * Put into the page before it starts. In each frame it looks at a row of points down the window (is there a
 * picture or a heading?) and at every cell in sight (is something painted in it: thumbhash or preview?), and
 * keeps how long each stayed without.
 */
const watcher = `(() => {
  const seen = { frames: [], blanks: [], firstGrid: null, firstPreviews: null, on: false };
  const bare = new Map();
  let hole = null;
  let before = null;
  const painted = (cell) =>
    cell.querySelector('canvas.cell-hash') !== null ||
    [...cell.querySelectorAll('img')].some((one) => one.complete && one.naturalWidth > 0);
  const look = (now) => {
    const main = document.querySelector('.app-main');
    const box = main?.getBoundingClientRect();
    const cells = box
      ? [...main.querySelectorAll('.cell')].filter((cell) => {
          const at = cell.getBoundingClientRect();
          return at.bottom > box.top + 44 && at.top < box.bottom;
        })
      : [];
    if (cells.length > 0 && seen.firstGrid === null && cells.every(painted)) seen.firstGrid = now;
    if (
      cells.length > 0 &&
      seen.firstPreviews === null &&
      cells.every((cell) => [...cell.querySelectorAll('img')].some((one) => one.complete && one.naturalWidth > 0))
    )
      seen.firstPreviews = now;
    if (seen.on && box) {
      if (before !== null) seen.frames.push(now - before);
      for (const cell of cells) {
        if (!painted(cell)) bare.set(cell, bare.get(cell) ?? now);
        else if (bare.has(cell)) {
          seen.blanks.push(now - bare.get(cell));
          bare.delete(cell);
        }
      }
      for (const [cell, since] of bare)
        if (!cell.isConnected) {
          seen.blanks.push(now - since);
          bare.delete(cell);
        }
      // No row at all at the left edge, where a row always begins: a hole in the grid.
      let covered = true;
      for (let y = box.top + 60; y < box.bottom - 8; y += 48)
        if (!document.elementFromPoint(box.left + 60, y)?.closest('.grid-row, .grid-heading, .grid') ) covered = false;
        else if (!document.elementsFromPoint(box.left + 60, y).some((one) => one.matches('.cell, .grid-heading, .grid-row'))) {
          // Between two rows lie four pixels, above a heading a little more: only what is larger is a hole.
          const near = [y - 14, y + 14].some((other) =>
            document.elementsFromPoint(box.left + 60, other).some((one) => one.matches('.cell, .grid-heading')),
          );
          if (!near) covered = false;
        }
      if (covered) {
        if (hole !== null) seen.blanks.push(now - hole);
        hole = null;
      } else hole ??= now;
    }
    before = now;
    requestAnimationFrame(() => look(performance.now()));
  };
  requestAnimationFrame(() => look(performance.now()));
  globalThis.afterimageWatch = seen;
})()`;

interface Seen {
  readonly frames: number[];
  readonly blanks: number[];
  readonly firstGrid: number | null;
  readonly firstPreviews: number | null;
}

const seenIn = (page: Page): Promise<Seen> => page.evaluate('globalThis.afterimageWatch');

async function heapMegabytes(session: CDPSession, collect: boolean): Promise<number> {
  if (collect) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
}

/** Milliseconds between the frames that the compositor drew while `work` ran. */
async function drawnFrames(session: CDPSession, work: () => Promise<void>): Promise<number[]> {
  const drawn: number[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as { name: string; ts: number }[])
      if (event.name === 'DrawFrame') drawn.push(event.ts / 1_000);
  });
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
    },
    transferMode: 'ReportEvents',
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  const inOrder = drawn.toSorted((a, b) => a - b);
  return inOrder.slice(1).map((at, index) => at - (inOrder[index] ?? at));
}

/** The thumb dragged down the whole rail and back up, as fast as a hand that means it. */
async function drag(page: Page): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Years' }).boundingBox();
  if (box === null) throw new Error('There is no scrubber.');
  const x = box.x + box.width - 12;
  await page.mouse.move(x, box.y + 2);
  await page.mouse.down();
  const startMs = performance.now();
  for (;;) {
    const share = (performance.now() - startMs) / DRAG_MS;
    if (share >= 1) break;
    const place = share < 0.5 ? share * 2 : 2 - share * 2;
    await page.mouse.move(x, box.y + 2 + place * (box.height - 4));
  }
  await page.mouse.up();
}

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'afterimage-timeline-'));
const library = join(folder, 'library');
try {
  const packs = createPacks({
    packsFolder: join(library, 'packs'),
    builtInFolder: builtInFolder(),
    log: silent,
  });
  const encoder = await packs.open(BUILT_IN, { threads: 1 });
  await encoder.close();
  console.log(`Making ${count} pictures of ${LOOKS} looks …`);
  const looks = await makeLooks(join(folder, 'looks'), LOOKS, silent);
  generateLibrary(library, encoder.space, count, looks);
  await buildRenderer();
  const host = await startHost(library, folder);
  const browser = await launchBrowser();
  try {
    // Once without looking: the engine reads its spaces when it starts, and the page is then in the disk's cache.
    await (await openPage(browser, host.url)).page.getByRole('slider', { name: 'Years' }).waitFor();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await page.addInitScript(watcher);
    await page.goto(host.url);
    await page.getByRole('slider', { name: 'Years' }).waitFor();
    await page.waitForFunction('globalThis.afterimageWatch.firstPreviews !== null');
    const start = await seenIn(page);
    const heapBefore = await heapMegabytes(session, true);
    await page.evaluate('globalThis.afterimageWatch.on = true');
    const drawn = await drawnFrames(session, () => drag(page));
    const heapAtEnd = await heapMegabytes(session, false);
    await page.waitForTimeout(500);
    const seen = await seenIn(page);
    const heapAfter = await heapMegabytes(session, true);
    const [script, screen] = [latenciesOf(seen.frames), latenciesOf(drawn)];
    const ms = (value: number | null) => (value === null ? '-' : `${value.toFixed(1)} ms`);
    console.table({
      pictures: count,
      'first grid, every cell painted, after the page opened': ms(start.firstGrid),
      'first grid, every preview there': ms(start.firstPreviews),
      'frames drawn while dragging': `${drawn.length} in ${DRAG_MS / 1000} s`,
      'between frames drawn (trace): p50 / p95 / max': `${ms(screen.p50)} / ${ms(screen.p95)} / ${ms(screen.max)}`,
      'between frames of the page: p50 / p95 / max': `${ms(script.p50)} / ${ms(script.p95)} / ${ms(script.max)}`,
      'longest blank (a cell, or a hole in the grid)': ms(Math.max(0, ...seen.blanks)),
      'renderer heap before / at the end of the drag / after collecting': `${heapBefore.toFixed(0)} / ${heapAtEnd.toFixed(0)} / ${heapAfter.toFixed(0)} MB`,
    });
  } finally {
    await browser.close();
    await host.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
