// Runs as a process of its own in tests: opens a library where it lies, saves searches and says each when it is done, and moves it meanwhile.
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openWhereItLies, untilMoved } from './moved-library.ts';

const [, , folder = '', to = '', first = '0'] = process.argv;
// Room is not asked for beforehand: what happens when it ends amid copying is under test, too.
const moving = { sharing: false, freeBytes: () => Promise.resolve(Infinity) };
const { library, ask } = await openWhereItLies(folder, { moving });
await library.settled;
/** Written at once and whole: what is said is done. */
const say = (line: string): void => void writeSync(1, `${line}\n`);
say('open');
await ask.moving.start({ to });
const ended = untilMoved({ ask });
const over = { yet: false };
void ended.finally(() => (over.yet = true));
for (let number = Number(first); !over.yet;) {
  const saved = await ask.searches.save({ name: `Search ${String(number)}`, text: 'cat' }).then(
    () => true,
    () => false,
  );
  if (saved) say(String(number++));
  await setImmediate();
}
const { state, failure } = await ended;
say('switched');
await library.close();
if (state !== 'moved') throw new Error(failure?.reason ?? state);
// As a host does: opened at the new place, and the old one cleared.
const there = await openWhereItLies(folder);
await there.library.settled;
await there.library.close();
say('moved');
