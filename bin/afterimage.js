#!/usr/bin/env node
// The command `afterimage`: checks the Node it runs on, then hands over to the command line.
// Plain JavaScript of 2020: an old Node must be able to read it.
import { existsSync } from 'fs';
import { nodeProblem } from './node-check.js';

const source = new URL('../hosts/cli/main.ts', import.meta.url);
const built = new URL('../dist/hosts/cli/main.js', import.meta.url);

const fromSources = existsSync(source) && (Boolean(process.features.typescript) || !existsSync(built));
const problem = nodeProblem(process.versions, process.features, fromSources);
if (problem) {
  console.error(problem);
  process.exitCode = 2;
} else {
  import((fromSources ? source : built).href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
