// Runs in the command line: how far the work is, as a line on a terminal, plain lines, or JSON lines.
import type { Progress } from '../../contract/index.ts';
import type { Output } from './output.ts';
import type { Say } from './say.ts';
import { columnsOf, duration, rateText } from './text.ts';

/** JSON lines and the terminal's line come at most this often … */
const EACH_MS = 250;
/** … and plain lines, which pile up in a file, this often. */
const EACH_PLAIN_MS = 10_000;

const BAR_CELLS = 24;

/** `[██████      ]`: the share that is done. */
export function bar(done: number, total: number): string {
  const cells = total === 0 ? 0 : Math.floor((Math.min(done, total) / total) * BAR_CELLS);
  return `[${'█'.repeat(cells)}${' '.repeat(BAR_CELLS - cells)}]`;
}

/** One line without its end: bar where wanted, counts, rate and time left. */
export function progressLine(progress: Progress, say: Say, withBar: boolean): string {
  if (progress.phase === 'discovering' && progress.total === 0) return say('progress.discovering');
  const left =
    progress.remainingMs === null
      ? say('progress.unknown')
      : say('progress.left', { time: duration(progress.remainingMs / 1000) });
  const { done, total } = progress;
  const line = say('progress.line', { done, total, rate: rateText(progress.rate), left });
  return withBar ? `${bar(done, total)} ${line}` : line;
}

/** Cuts a line to the terminal's width, so that rewriting it never leaves a part behind. */
export function fit(line: string, columns: number): string {
  let fitted = '';
  let used = 0;
  for (const char of line) {
    used += columnsOf(char);
    if (used >= columns) break;
    fitted += char;
  }
  return fitted;
}

/** Shows progress in the form that the output takes, no more often than is of use. */
export function createProgressReport(
  output: Output,
  say: Say,
  nowMs: () => number = () => performance.now(),
): { show(progress: Progress): void; end(): void } {
  const eachMs = output.json || output.live ? EACH_MS : EACH_PLAIN_MS;
  let lastMs = output.json || output.live ? -Infinity : nowMs();
  return {
    show(progress) {
      if (progress.phase === 'idle' || nowMs() - lastMs < eachMs) return;
      lastMs = nowMs();
      const { done, total, rate } = progress;
      if (output.json) output.object({ event: 'progress', done, total, rate: Math.round(rate * 100) / 100 });
      else if (output.live)
        output.transient(fit(progressLine(progress, say, true), process.stderr.columns || 80));
      else output.note(progressLine(progress, say, false));
    },
    end: () => output.transient(''),
  };
}
