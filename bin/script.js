// Runs one of scripts/ by name, as npm's scripts do: checks the Node it runs on first.
// Plain JavaScript of 2020: an old Node must be able to read it.
import { existsSync } from 'fs';
import { fileURLToPath } from 'url';
import { nodeProblem } from './node-check.js';

const name = process.argv[2] || '';
const script = new URL('../scripts/' + name + '.ts', import.meta.url);
const problem = nodeProblem(process.versions, process.features, true);
if (!/^[a-z0-9-]+$/.test(name) || !existsSync(script)) {
  console.error('There is no script named "' + name + '".');
  process.exitCode = 2;
} else if (problem) {
  console.error(problem);
  process.exitCode = 2;
} else {
  // The script sees its own arguments where it expects them.
  process.argv.splice(1, 2, fileURLToPath(script));
  import(script.href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
