// Runs by hand: how a library of many pictures behaves in Chromium: first grid, the scrubber dragged from end to end, memory.
// node test/bench/timeline.ts [PICTURES [FOLDER]]: 100,000 when not said; what is made is kept in FOLDER and found again.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
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
/** A mouse tells its place so often. */
const MOVE_MS = 16;
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
      // Down the edge at which every row begins: each point lies on a cell, a heading or the canvas with something painted there.
      const canvas = main.querySelector('.grid-rush');
      const area = canvas?.getBoundingClientRect();
      const x = box.left + 60;
      const filled = (y) =>
        document.elementsFromPoint(x, y).some((one) => {
          if (one.matches('.cell, .grid-heading')) return true;
          if (one !== canvas) return false;
          const place = [((x - area.left) / area.width) * canvas.width, ((y - area.top) / area.height) * canvas.height];
          return canvas.getContext('2d').getImageData(Math.floor(place[0]), Math.floor(place[1]), 1, 1).data[3] > 0;
        });
      let covered = true;
      // Between two rows lie four pixels, above a heading a little more: only what is larger is a hole.
      for (let y = box.top + 70; y < box.bottom - 30; y += 90)
        if (![0, -20, 20].some((by) => filled(y + by))) covered = false;
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

interface Drawn {
  /** Milliseconds between the frames that the compositor drew. */
  readonly gaps: number[];
  /** Processor time of the page's main thread for each frame, milliseconds: what a busy machine does not change. */
  readonly work: number[];
}

interface TraceEvent {
  readonly name: string;
  /** Microseconds: when, and how long on the processor. */
  readonly ts: number;
  readonly tdur?: number;
}

async function drawnFrames(session: CDPSession, work: () => Promise<void>): Promise<Drawn> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame', 'cc'],
    },
    transferMode: 'ReportEvents',
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  const drawn = events
    .filter(({ name }) => name === 'DrawFrame')
    .map(({ ts }) => ts / 1_000)
    .toSorted((a, b) => a - b);
  return {
    gaps: drawn.slice(1).map((at, index) => at - (drawn[index] ?? at)),
    work: events.flatMap(({ name, tdur }) =>
      name === 'ProxyMain::BeginMainFrame' && tdur !== undefined ? [tdur / 1_000] : [],
    ),
  };
}

/** Of all renderer processes together. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
}

/** The thumb dragged down the whole rail and back up; a hand does not wait for the page. */
async function drag(page: Page, session: CDPSession): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Years' }).boundingBox();
  if (box === null) throw new Error('There is no scrubber.');
  const x = box.x + box.width - 12;
  await page.mouse.move(x, box.y + 2);
  await page.mouse.down();
  const startMs = performance.now();
  const moves: Promise<unknown>[] = [];
  for (;;) {
    const share = (performance.now() - startMs) / DRAG_MS;
    if (share >= 1) break;
    const y = box.y + 2 + (share < 0.5 ? share * 2 : 2 - share * 2) * (box.height - 4);
    const event = { type: 'mouseMoved', button: 'left', buttons: 1, x, y } as const;
    moves.push(session.send('Input.dispatchMouseEvent', event));
    await new Promise((resolve) => setTimeout(resolve, MOVE_MS));
  }
  await Promise.all(moves);
  await page.mouse.up();
}

const count = Number(process.argv[2] ?? 100_000);
const kept = process.argv[3];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'afterimage-timeline-'));
const library = join(folder, 'library');
try {
  if (!existsSync(join(library, 'index.db'))) {
    const packs = createPacks({
      packsFolder: join(library, 'packs'),
      builtInFolder: builtInFolder(),
      log: silent,
    });
    const encoder = await packs.open(BUILT_IN, { threads: 1 });
    await encoder.close();
    console.log(`Making ${count} pictures of ${LOOKS} looks …`);
    generateLibrary(library, encoder.space, count, await makeLooks(join(folder, 'looks'), LOOKS, silent));
  }
  await buildRenderer();
  const host = await startHost(library, folder);
  const browser = await launchBrowser();
  try {
    // Once without looking: the engine reads its spaces when it starts, and the page is then in the disk's cache.
    const warm = await openPage(browser, host.url);
    await warm.page.getByRole('slider', { name: 'Years' }).waitFor();
    await warm.page.context().close();
    const spentBefore = await processorSeconds(browser);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await page.addInitScript(watcher);
    await page.goto(host.url);
    await page.getByRole('slider', { name: 'Years' }).waitFor();
    // Asked through the DevTools protocol: the page's own policy forbids to make code of text.
    while ((await seenIn(page)).firstPreviews === null) await page.waitForTimeout(50);
    const start = await seenIn(page);
    const spent = await processorSeconds(browser);
    const heapBefore = await heapMegabytes(session, true);
    await page.evaluate('globalThis.afterimageWatch.on = true');
    const drawn = await drawnFrames(session, () => drag(page, session));
    const heapAtEnd = await heapMegabytes(session, false);
    await page.waitForTimeout(500);
    const seen = await seenIn(page);
    const heapAfter = await heapMegabytes(session, true);
    const [script, screen, work] = [
      latenciesOf(seen.frames),
      latenciesOf(drawn.gaps),
      latenciesOf(drawn.work),
    ];
    const ms = (value: number | null) => (value === null ? '-' : `${value.toFixed(1)} ms`);
    console.table({
      pictures: count,
      'first grid, every cell painted, after the page opened': ms(start.firstGrid),
      'first grid, every preview there': ms(start.firstPreviews),
      'processor time of the page until then': ms((spent - spentBefore) * 1_000),
      'frames drawn while dragging': `${drawn.gaps.length} in ${DRAG_MS / 1000} s`,
      'between frames drawn (trace): p50 / p95 / max': `${ms(screen.p50)} / ${ms(screen.p95)} / ${ms(screen.max)}`,
      'between frames of the page: p50 / p95 / max': `${ms(script.p50)} / ${ms(script.p95)} / ${ms(script.max)}`,
      'processor time of the main thread a frame: p50 / p95 / max': `${ms(work.p50)} / ${ms(work.p95)} / ${ms(work.max)}`,
      'longest blank (a cell, or a hole in the grid)': ms(Math.max(0, ...seen.blanks)),
      'renderer heap before / at the end of the drag / after collecting': `${heapBefore.toFixed(0)} / ${heapAtEnd.toFixed(0)} / ${heapAfter.toFixed(0)} MB`,
    });
  } finally {
    await browser.close();
    await host.stop();
  }
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
