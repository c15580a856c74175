// Runs in the command line: `roots` lists the folders that are watched.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { printable } from '../text.ts';

export const run: Run = ({ output, say, ...rest }) =>
  withEngine({ output, say, ...rest }, async ({ client }) => {
    const roots = await client.roots.list();
    output.object({ roots });
    if (roots.length === 0) output.line(say('roots.none'));
    for (const { path, files, state } of roots)
      output.line(say('roots.line', { path: printable(path), files, state: say(`state.${state}`) }));
  });
