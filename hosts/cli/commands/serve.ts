// Runs in the command line: `serve` gives the interface to a browser on this machine until it is stopped.
import { startHost, type Host } from '../../http/host.ts';
import { keepEngine } from '../../kept-engine.ts';
import type { Run } from '../command.ts';
import { openBrowser } from '../browser.ts';
import { systemPower } from '../../power.ts';
import { systemTrash } from '../../trash.ts';
import { untilStopped } from '../engine-session.ts';

export const run: Run = async ({ library: folder, output, say, options, signal }) => {
  signal.throwIfAborted();
  const port = typeof options['port'] === 'number' ? options['port'] : 0;
  let host: Host | null = null;
  const engine = await keepEngine(
    { folder, watch: true, holder: 'the host (serve)', trash: systemTrash, power: systemPower },
    (library) => host?.exchange(library),
  );
  try {
    signal.throwIfAborted();
    host = await startHost({ library: engine.library, port });
    output.object({ url: host.url });
    output.line(say('serve.at', { url: host.url }));
    output.note(say('serve.stop'));
    if (!host.hasPage) output.note(say('serve.no-page'));
    else if (options['open'] === true && !(await openBrowser(host.url))) output.note(say('serve.no-browser'));
    await Promise.race([untilStopped(signal), engine.lost]);
  } finally {
    await host?.close();
    await engine.close();
  }
};
