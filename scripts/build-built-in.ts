// Runs by hand: makes the ONNX files of the built-in pack ahead of time, as an installer ships them.
import { resolve } from 'node:path';
import { buildBuiltIn } from '../native-models/built-in/build.ts';
import { sourceFolder } from '../native-models/built-in/models.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node scripts/build-built-in.ts FOLDER\n');
  process.exitCode = 2;
} else {
  await buildBuiltIn(sourceFolder(), resolve(folder));
  process.stdout.write(`built-in pack written to ${resolve(folder)}\n`);
}
