// Runs as `npm run build`: builds everything into dist/.
import { buildAll } from './building.ts';

process.exitCode = await buildAll();
