// Runs under Vitest: another pack is taken into use while one searches, and its filling is cut short. With AFTERIMAGE_ENDURANCE=1 2,000 pictures and a real CLIP architecture.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PackId } from '../../contract/index.ts';
import { makeLooks } from '../../hosts/bench/looks.ts';
