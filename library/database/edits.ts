// Runs on the engine's thread: the log of a person's edits, by which each can be taken back. In memory only.
import type { Connection } from './connection.ts';

/** Edits that can be taken back; older ones are for good. */
const MOST_EDITS = 100;

const tables = ['mark', 'tag', 'tagged', 'album', 'album_item', 'saved_search'] as const;

interface Edit<Label> {
  readonly editId: number;
  readonly label: Label;
}

/**
 * Triggers write down the opposite of each change of a row, as SQL made of quoted values; taking an edit back
 * runs them in reverse, which in turn writes down how to do it again. The method is SQLite's own
 * (sqlite.org/undoredo.html). The log is a temporary table: it ends with the connection.
 *
 * @param library - the name under which library.db is attached
 */
export function createEdits<Label>(connection: Connection, library: string) {
  connection.exec(
    'CREATE TEMP TABLE edit_log (place INTEGER PRIMARY KEY, edit_id INTEGER NOT NULL, sql TEXT NOT NULL);' +
      'CREATE TEMP TABLE edit_now (edit_id INTEGER NOT NULL); INSERT INTO edit_now VALUES (0);' +
      tables.map((table) => triggers(connection, library, table)).join(''),
  );
  const begin = connection.prepare<[number]>('UPDATE edit_now SET edit_id = ?');
  const logged = connection.prepare<[number], { sql: string }>(
    'SELECT sql FROM edit_log WHERE edit_id = ? ORDER BY place DESC',
  );
  const wrote = connection.prepare<[number], { n: number }>(
    'SELECT EXISTS (SELECT 1 FROM edit_log WHERE edit_id = ?) AS n',
  );
  const drop = connection.prepare<[number]>('DELETE FROM edit_log WHERE edit_id = ?');
  const done: Edit<Label>[] = [];
  const undone: Edit<Label>[] = [];
  let last = 0;

  const record = (label: Label, work: () => void): Edit<Label> | null => {
    const edit = { editId: ++last, label };
    connection
      .transaction(() => {
        connection.pragma('defer_foreign_keys = ON');
        begin.run(edit.editId);
        work();
        begin.run(0);
      })
      .immediate();
    return wrote.get(edit.editId)?.n === 1 ? edit : null;
  };

  const forget = (edits: readonly Edit<Label>[]): void => {
    for (const { editId } of edits) drop.run(editId);
  };

  const replay = (from: Edit<Label>[], to: Edit<Label>[]): Label | null => {
    const edit = from.at(-1);
    if (edit === undefined) return null;
    const opposite = record(edit.label, () => {
      for (const { sql } of logged.all(edit.editId)) connection.exec(sql);
    });
    from.pop();
    drop.run(edit.editId);
    if (opposite !== null) to.push(opposite);
    return edit.label;
  };

  return {
    /** Does an edit, all of it or nothing; whether it changed anything. What was undone cannot be redone then. */
    make(label: Label, work: () => void): boolean {
      const edit = record(label, work);
      if (edit === null) return false;
      forget(undone.splice(0));
      done.push(edit);
      forget(done.splice(0, done.length - MOST_EDITS));
      return true;
    },
    /** Takes the last edit back; null when there is none. */
    undo: (): Label | null => replay(done, undone),
    redo: (): Label | null => replay(undone, done),
    /** What {@link undo} and {@link redo} would do. */
    next: (): { undo: Label | null; redo: Label | null } => ({
      undo: done.at(-1)?.label ?? null,
      redo: undone.at(-1)?.label ?? null,
    }),
  };
}

function triggers(connection: Connection, library: string, table: string): string {
  const info = connection.pragma(`${library}.table_info(${table})`) as { name: string; pk: number }[];
  const columns = info.map(({ name }) => name);
  const keys = info.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const quoted = (row: string, names: readonly string[], by: string): string =>
    names.map((name) => `'${name} = ' || quote(${row}.${name})`).join(` || '${by}' || `);
  const values = columns.map((name) => `quote(old.${name})`).join(` || ', ' || `);
  const opposites = {
    INSERT: `'DELETE FROM ${table} WHERE ' || ${quoted('new', keys, ' AND ')}`,
    DELETE: `'INSERT INTO ${table} (${columns.join(', ')}) VALUES (' || ${values} || ')'`,
    UPDATE: `'UPDATE ${table} SET ' || ${quoted('old', columns, ', ')} || ' WHERE ' || ${quoted('new', keys, ' AND ')}`,
  };
  return Object.entries(opposites)
    .map(
      ([event, opposite]) =>
        `CREATE TEMP TRIGGER ${table}_${event} AFTER ${event} ON ${library}.${table}
         WHEN (SELECT edit_id FROM edit_now) > 0 BEGIN
           INSERT INTO edit_log (edit_id, sql) SELECT edit_id, ${opposite} FROM edit_now;
         END;`,
    )
    .join('');
}
