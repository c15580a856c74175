// Runs in the command line: `watch` keeps the library up to date until it is stopped.
import type { Call, Run } from '../command.ts';
import { withEngine, type Session } from '../engine-session.ts';
import { createProgressReport } from '../progress.ts';

export const run: Run = (call) =>
  withEngine(
    call,
    async (session) => {
      const roots = (await session.client.roots.list()).length;
      call.output.object({ event: 'watching', roots });
      call.output.note(call.say('watch.started', { count: roots }));
      await follow(call, session);
    },
    { watch: true, holder: 'the command line (watch)' },
  );

/** Tells of progress while there is work, and once each time that it is done. Ends with the call's signal. */
async function follow({ output, say, signal }: Call, { client }: Session): Promise<void> {
  const report = createProgressReport(output, say);
  let atWork = true;
  for await (const progress of await client.indexing.progress(undefined, { signal })) {
    if (signal.aborted) break;
    report.show(progress);
    const idle = progress.phase === 'idle';
    if (idle && atWork) {
      const { items, errors } = await client.status();
      output.object({ event: 'idle', items, errors });
      report.end();
      output.note(say('watch.idle'));
    }
    atWork = !idle;
  }
}
