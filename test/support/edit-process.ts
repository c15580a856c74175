// Runs as a process of its own in tests: edits a library without end and says each number when its edit is done.
import { writeSync } from 'node:fs';
import { openDatabase } from '../../library/database/database.ts';
import { createDecisions } from '../../library/decisions.ts';
import { edit } from './edit-stream.ts';

const folder = process.argv[2] ?? '';
const database = openDatabase(folder);
const decisions = createDecisions({ database, nowMs: () => 0, onChange: () => undefined });
const itemIds = database.items.newest(1_000, 0);
for (let number = 0; ; number += 1) {
  edit(decisions, itemIds, number);
  // Written at once and whole: what is said is done.
  writeSync(1, `${String(number)}\n`);
}
