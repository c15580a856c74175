// Runs under Vitest: an old Node is told so in a sentence, by the check and by the launchers themselves.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nodeProblem } from './node-check.js';

const launcher = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

test('a Node with Node-API 10 that strips types runs the sources', () => {
  expect(nodeProblem({ node: '24.21.0', napi: '10' }, { typescript: 'strip' }, true)).toBeNull();
});

test('a Node with Node-API 10 that strips no types runs the build only', () => {
  expect(nodeProblem({ node: '22.14.0', napi: '10' }, {}, false)).toBeNull();
  expect(nodeProblem({ node: '22.14.0', napi: '10' }, {}, true)).toContain('22.18');
});

test('an older Node is named, with what to do', () => {
  const problem = nodeProblem({ node: '20.20.2', napi: '9' }, {}, true);
  expect(problem).toContain('20.20.2');
  expect(problem).toContain('npm install');
  expect(nodeProblem({ node: '14.0.0' }, {}, false)).toContain('14.0.0');
});

test('the launchers end with 2 and one sentence on a Node that cannot run us', () => {
  for (const args of [
    [launcher('afterimage.js'), '--help'],
    [launcher('script.js'), 'clean'],
  ]) {
    // What an old Node lacks is taken away before the launcher runs; the rest is the launcher's own doing.
    const older = 'data:text/javascript,Object.defineProperty(process.versions,"napi",{value:"9"})';
    const done = spawnSync(process.execPath, ['--import', older, ...args], { encoding: 'utf8' });
    expect(done.status).toBe(2);
    expect(done.stderr.trim().split('\n')).toHaveLength(1);
    expect(done.stderr).toContain('Afterimage needs Node');
    expect(done.stdout).toBe('');
  }
});

test('a script that does not exist is named', () => {
  const done = spawnSync(process.execPath, [launcher('script.js'), '../hosts/x'], { encoding: 'utf8' });
  expect(done.status).toBe(2);
  expect(done.stderr).toContain('no script named');
});
