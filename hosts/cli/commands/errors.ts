// Runs in the command line: `errors` lists the files that failed, why, and what to do.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const errors = await client.indexing.errors();
    output.object({ errors });
    if (errors.length === 0) output.line(say('errors.none'));
    for (const error of errors) {
      output.line(printable(error.path));
      output.line(`  ${error.step}: ${printable(say.failure(error))}`);
    }
  });
