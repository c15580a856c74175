// Runs by hand: how long after a stroke of a key the answer reaches the page, over a library of many pictures.
// node test/bench/typing.ts [PICTURES]: 100,000 when not said.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLibrary } from '../../hosts/bench/generated-library.ts';
import { makeLooks } from '../../hosts/bench/looks.ts';
import { latenciesOf } from '../../hosts/bench/percentiles.ts';
import { builtInFolder } from '../../hosts/library-folder.ts';
import { BUILT_IN } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { buildRenderer } from '../../scripts/building.ts';
import { launchBrowser, openPage, startHost } from '../support/browser-host.ts';
import { silentLog } from '../support/fixture-library.ts';

const LOOKS = 60;
/** Between two strokes of a quick hand. */
const STROKE_MS = 120;
/** The space is read and its standings are computed when the engine starts. */
const OPENING_MS = 8_000;
const WORDS = [
  'dog',
  'car',
  'tree',
  'boat',
  'bird',
  'clock',
  'horse',
  'train',
  'cake',
  'chair',
  'water',
  'person',
];

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'afterimage-typing-'));
const library = join(folder, 'library');
try {
  const packs = createPacks({
    ...{ packsFolder: join(library, 'packs'), builtInFolder: builtInFolder(), log: silentLog },
  });
  const encoder = await packs.open(BUILT_IN, { threads: 1 });
  await encoder.close();
  generateLibrary(library, encoder.space, count, await makeLooks(join(folder, 'looks'), LOOKS, silentLog));
  await buildRenderer();
  const host = await startHost(library, folder);
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser, host.url, { viewport: { width: 1280, height: 800 } });
    await page.getByRole('slider', { name: 'Years' }).waitFor();
    await page.waitForTimeout(OPENING_MS);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const asked = new Map<string, number>();
    const wire: number[] = [];
    let answered: (() => void) | null = null;
    let sentLastMs = 0;
    session.on('Network.webSocketFrameSent', ({ response: { payloadData } }) => {
      const id = /"i":"(\w+)".*search\/stream/.exec(payloadData)?.[1];
      if (id === undefined) return;
      sentLastMs = performance.now();
      asked.set(id, sentLastMs);
    });
    session.on('Network.webSocketFrameReceived', ({ response: { payloadData } }) => {
      // The first that has rows: before it comes one that says only that rows will.
      const id = /^\{"i":"(\w+)".*"head":\{/.exec(payloadData.slice(0, 200))?.[1] ?? '';
      const sentMs = asked.get(id);
      if (sentMs === undefined) return;
      asked.delete(id);
      wire.push(performance.now() - sentMs);
      answered?.();
    });
    const whole: number[] = [];
    const untilSent: number[] = [];
    const field = page.locator('[role=search] input[type=text]');
    for (const word of WORDS) {
      await field.fill('');
      await page.waitForTimeout(1_500);
      for (const letter of word.slice(0, -1)) {
        await page.keyboard.press(letter);
        await page.waitForTimeout(STROKE_MS);
      }
      // Whatever was asked before the last stroke has been answered.
      await page.waitForTimeout(1_000);
      const answer = new Promise<void>((resolve) => (answered = resolve));
      const startMs = performance.now();
      await page.keyboard.press(word.at(-1) ?? '');
      await answer;
      whole.push(performance.now() - startMs);
      untilSent.push(sentLastMs - startMs);
    }
    const [overWire, fromKey, sent] = [latenciesOf(wire), latenciesOf(whole), latenciesOf(untilSent)];
    const ms = (value: number): string => `${value.toFixed(0)} ms`;
    console.table({
      pictures: count,
      'question to first rows over the wire: p50 / p95': `${ms(overWire.p50)} / ${ms(overWire.p95)}`,
      'stroke of a key to the question: p50 / p95': `${ms(sent.p50)} / ${ms(sent.p95)}`,
      'stroke of a key to first rows: p50 / p95': `${ms(fromKey.p50)} / ${ms(fromKey.p95)}`,
    });
  } finally {
    await browser.close();
    await host.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
