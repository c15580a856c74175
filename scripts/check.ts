// Runs as `npm test`: every check there is, in one command that ends with a summary.
import { findChromium } from '../test/chromium.ts';
import { buildAll } from './building.ts';
import { runTool } from './tools.ts';

type Outcome = 'passed' | 'failed' | { readonly skipped: string };

interface Check {
  readonly name: string;
  run(): Promise<Outcome>;
}

const outcomeOf = (exitCode: number): Outcome => (exitCode === 0 ? 'passed' : 'failed');

/** One program per set of globals: Node, the page, the bridge, and tests that hold both. */
const programs = ['.', 'renderer', 'preload', 'test/e2e'];

const checks: readonly Check[] = [
  {
    name: 'types',
    async run() {
      let worst = 0;
      for (const program of programs) worst = Math.max(worst, await runTool('tsc', '-p', program));
      return outcomeOf(worst);
    },
  },
  { name: 'lint', run: async () => outcomeOf(await runTool('eslint', '.')) },
  { name: 'format', run: async () => outcomeOf(await runTool('prettier', '--check', '.')) },
  { name: 'unit', run: async () => outcomeOf(await runTool('vitest', 'run', '--project', 'unit')) },
  { name: 'build', run: async () => outcomeOf(await buildAll()) },
  {
    name: 'end-to-end',
    async run() {
      if (findChromium() === null) {
        const sentence = 'no Chromium was found; install one or name it in AFTERIMAGE_CHROMIUM';
        if (process.env['CI'] === undefined) return { skipped: sentence };
        console.error(`The end-to-end tests cannot run: ${sentence}.`);
        return 'failed';
      }
      return outcomeOf(await runTool('vitest', 'run', '--project', 'e2e'));
    },
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check named ${unknown.join(', ')}; there are ${checks.map((c) => c.name).join(', ')}.`,
  );
  process.exit(2);
}

const summary: string[] = [];
let failed = false;
for (const check of checks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue;
  console.log(`\n== ${check.name}`);
  const startMs = performance.now();
  const outcome = await check.run();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  failed ||= outcome === 'failed';
  const word = typeof outcome === 'string' ? outcome : `skipped: ${outcome.skipped}`;
  summary.push(`${check.name.padEnd(11)} ${seconds.padStart(6)} s  ${word}`);
}
console.log(`\n== summary\n${summary.join('\n')}\n${failed ? 'Something failed.' : 'All is well.'}`);
process.exitCode = failed ? 1 : 0;
