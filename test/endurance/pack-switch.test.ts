// Runs under Vitest: another pack is taken into use while one searches; its filling is cut short, by closing and by SIGKILL, and goes on. 2,000 pictures with AFTERIMAGE_ENDURANCE=1.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PackId } from '../../contract/index.ts';
import { smallPictures, writePictures } from '../../hosts/bench/pictures.ts';
import { openEngine } from '../../hosts/open-engine.ts';
import { clientOf } from '../../hosts/rpc.ts';
import { commandLine } from '../support/command-line.ts';
import { temporaryFolder } from '../support/picture-folder.ts';

const shared = fileURLToPath(new URL('../../../shared/packs/clip-parity', import.meta.url));
const hasPack = existsSync(join(shared, 'manifest.json'));
const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const PICTURES = Number(process.env['AFTERIMAGE_PICTURES'] ?? (enduring ? 2_000 : 60));
const clip = PackId.parse('clip-parity');
if (!hasPack)
  console.log('The pack switch is not tested here, because ../shared/packs/clip-parity is missing.');

async function open(folder: string) {
  const engine = await openEngine({ folder, holder: 'a test', watch: true });
  return { engine, ask: clientOf(engine.library.router) };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** Only the built-in pack says of a word that it does not know it: this tells which of the two has answered. */
async function answeredBy({ ask }: Opened): Promise<'built-in' | 'clip-parity'> {
  const { unknown } = (await ask.search.find({ text: 'frobnicate', limit: 5 })).plan;
  return unknown.length > 0 ? 'built-in' : 'clip-parity';
}
const stateOf = async ({ ask }: Opened) => {
  const pack = (await ask.packs.list()).find(({ packId }) => packId === clip);
  if (pack === undefined) throw new Error('The pack is gone.');
  return pack;
};

/** Searches again and again until `enough`; each must be answered by the old space while the new one fills. */
async function searchUntil(opened: Opened, enough: (done: number) => boolean) {
  const seen = { done: 0, searches: 0 };
  for (;;) {
    const before = await stateOf(opened);
    const by = await answeredBy(opened);
    seen.searches += 1;
    if (before.active) expect(by).toBe('clip-parity');
    else if (!(await stateOf(opened)).active) expect(by).toBe('built-in');
    seen.done = before.active ? PICTURES : (before.filling?.done ?? seen.done);
    if (before.active || enough(seen.done)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test.skipIf(!hasPack)(
  `${String(PICTURES)} pictures: the old space answers until the new one is whole, and what was filled stays filled`,
  { timeout: 1_200_000 },
  async () => {
    using place = temporaryFolder();
    const [pictures, folder] = [join(place.path, 'pictures'), join(place.path, 'library')];
    await writePictures(smallPictures(), PICTURES, pictures);
    const first = await open(folder);
    await first.ask.roots.add({ path: pictures });
    await first.engine.library.index();
    await first.ask.packs.import({ path: shared });
    expect(await answeredBy(first)).toBe('built-in');
    await first.ask.packs.use({ packId: clip });
    const closed = await searchUntil(first, (done) => done >= PICTURES / 4);
    await first.engine.close();

    // Killed a moment after it has gone on.
    const args = [commandLine, 'packs', 'use', clip, '--library', folder];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await Promise.race([new Promise((resolve) => setTimeout(resolve, enduring ? 6_000 : 1_500)), ended]);
    child.kill('SIGKILL');
    await ended;

    const last = await open(folder);
    const reopened = await stateOf(last);
    const kept = reopened.active ? PICTURES : (reopened.filling?.done ?? 0);
    expect(kept).toBeGreaterThanOrEqual(closed.done);
    const rest = await searchUntil(last, () => false);
    expect(await answeredBy(last)).toBe('clip-parity');
    expect(await stateOf(last)).toMatchObject({ active: true, filling: null });
    const { total } = await last.ask.search.find({});
    expect(total).toBe(PICTURES);
    await last.engine.close();
    console.log(
      `${String(PICTURES)} pictures: closed at ${String(closed.done)}, ${String(kept)} there after a kill, ` +
        `${String(closed.searches + rest.searches)} searches on the way, each answered by the space that was whole.`,
    );
  },
);
