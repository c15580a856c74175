// Runs in the command line: `status` tells how much is in the library and what waits.
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { byteCount, pairs, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const { output, say } = call;
    const status = await client.status();
    output.object(status);
    output.line(
      pairs([
        [say('status.library'), `${printable(status.library)} (${byteCount(status.bytes.library)})`],
        [say('status.items'), String(status.items)],
        [say('status.moments'), String(status.moments)],
        [say('status.files'), String(status.files)],
        [say('status.queue'), String(status.queue)],
        [say('status.errors'), String(status.errors)],
        [say('status.pack'), status.pack],
        [say('status.speech'), status.speechPack ?? say('speech.not-installed')],
        [say('status.index'), byteCount(status.bytes.index)],
        [say('status.previews'), byteCount(status.bytes.previews)],
      ]),
    );
  });
