// Runs as `npm run clean`: removes what was built; sources, models and libraries stay.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './tools.ts';

for (const folder of ['dist', 'coverage', 'node_modules/.vite'])
  await rm(join(projectFolder, folder), { recursive: true, force: true });
