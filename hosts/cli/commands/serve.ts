// Runs in the command line: `serve` gives the interface to a browser on this machine until it is stopped.
import { startHost } from '../../http/host.ts';
import type { Run } from '../command.ts';
import { openBrowser } from '../browser.ts';
import { systemPower } from '../../power.ts';
import { systemTrash } from '../../trash.ts';
import { untilStopped, withEngine } from '../engine-session.ts';

export const run: Run = (call) =>
  withEngine(
    call,
    async ({ library }) => {
      const { output, say, options } = call;
      const port = typeof options['port'] === 'number' ? options['port'] : 0;
      const host = await startHost({ library, port });
      try {
        output.object({ url: host.url });
        output.line(say('serve.at', { url: host.url }));
        output.note(say('serve.stop'));
        if (!host.hasPage) output.note(say('serve.no-page'));
        else if (options['open'] === true && !(await openBrowser(host.url)))
          output.note(say('serve.no-browser'));
        await untilStopped(call.signal);
      } finally {
        await host.close();
      }
    },
    { watch: true, holder: 'the host (serve)', trash: systemTrash, power: systemPower },
  );
