// Runs in the command line: `index` brings the library up to date with its roots.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { indexNow, sayDone } from '../indexing.ts';

export const run: Run = (call) =>
  withEngine(call, async (session) => sayDone(call, await indexNow(call, session)));
