// Runs in the command line: `doctor` tells what this machine can decode and run.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { columnsOf, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const rows = await client.doctor(undefined, { signal: call.signal });
    call.output.object({ rows });
    const widest = Math.max(0, ...rows.map(({ what }) => columnsOf(what)));
    for (const { what, ok, detail } of rows)
      call.output.line(
        `${ok ? '✓' : '✗'} ${what}${' '.repeat(widest - columnsOf(what) + 2)}${printable(detail)}`,
      );
  });
