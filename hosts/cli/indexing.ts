// Runs in the command line: indexes until the queue is empty, telling how far it is. Serves `add`, `index`, `packs use`.
import type { ChangeCounts, RootId } from '../../contract/index.ts';
import type { Call } from './command.ts';
import type { Session } from './engine-session.ts';
import { createProgressReport } from './progress.ts';

/** What an indexing run did; `seconds` to a hundredth. */
export type IndexingDone = ChangeCounts & { readonly errors: number; readonly seconds: number };

/**
 * @param rootIds - which roots are looked at; left out: all
 * @throws AbortError when the person stops it; what is done is kept
 */
export async function indexNow(
  call: Call,
  session: Session,
  rootIds?: readonly RootId[],
): Promise<IndexingDone> {
  const startMs = performance.now();
  const report = createProgressReport(call.output, call.say);
  const watching = new AbortController();
  const shown = showProgress(session, report, watching.signal);
  try {
    const counts = await session.library.index({
      signal: call.signal,
      ...(rootIds === undefined ? {} : { rootIds }),
    });
    const { added, changed, removed, moved, unchanged, errors } = counts;
    const seconds = Math.round((performance.now() - startMs) / 10) / 100;
    return { added, changed, removed, moved, unchanged, errors, seconds };
  } finally {
    watching.abort();
    await shown;
    report.end();
  }
}

async function showProgress(
  { client }: Session,
  report: ReturnType<typeof createProgressReport>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const progress of await client.indexing.progress(undefined, { signal })) {
      if (signal.aborted) return;
      report.show(progress);
    }
  } catch {
    // Ended by us, or not to be had: what cannot be shown must not end the work.
    report.end();
  }
}

/** Says the end of an indexing run: the last JSON line, or sentences. */
export function sayDone({ output, say }: Call, done: IndexingDone): void {
  output.object({ event: 'done', ...done });
  const { added, changed, moved, removed, unchanged } = done;
  output.line(say('done.counts', { added, changed, moved, removed, unchanged }));
  if (done.errors > 0) output.line(say('done.errors', { count: done.errors }));
  output.line(say('done.seconds', { seconds: done.seconds }));
}
