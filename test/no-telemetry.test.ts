// Runs under Vitest: the command line with a model leaves no trace of the model runtime's own reporting.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from './support/command-line.ts';
import { temporaryFolder, writePicture } from './support/picture-folder.ts';

test('a model that was loaded leaves no device id, no cache of events and no log of an uploader', async () => {
  using folder = temporaryFolder();
  const [home, temporary] = [join(folder.path, 'home'), join(folder.path, 'temporary')];
  for (const path of [home, temporary]) mkdirSync(path);
  await writePicture(join(folder.path, 'pictures', 'red.jpg'), 'red');
  // As on a person's machine: the runtime itself keeps quiet where it sees that it is tested.
  const { CI: _, ORT_DISABLE_TELEMETRY: __, XDG_CACHE_HOME: ___, ...env } = process.env;
  const { code, lines } = await runCommandLine(
    ['add', join(folder.path, 'pictures'), '--library', join(folder.path, 'library')],
    { env: { ...env, HOME: home, TMPDIR: temporary } },
  );
  expect([code, lines.at(-1)]).toMatchObject([0, { added: 1, errors: 0 }]);
  const traces = [home, temporary]
    .flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }))
    .filter((name) => /microsoft|onnxruntime|deviceid|mat-debug/i.test(name));
  expect(traces).toEqual([]);
});
