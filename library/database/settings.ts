// Runs on the engine's thread: small decisions by key, in library.db.
import type { Connection } from './connection.ts';

/** Keys in use. Values are JSON. */
export type SettingKey =
  | 'activePack'
  | 'fillingPack'
  | 'speechPack'
  | 'packMirror'
  | 'ignore'
  | 'searchHistory'
  | 'effort'
  | 'pauseOnBattery';

export type SettingsTable = ReturnType<typeof createSettings>;

export function createSettings(library: Connection) {
  const get = library.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?');
  const set = library.prepare<[string, string]>(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = library.prepare<[string]>('DELETE FROM setting WHERE key = ?');
  return {
    /** The parsed value; undefined where it was never set. The caller checks its form. */
    get(key: SettingKey): unknown {
      const row = get.get(key);
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    set: (key: SettingKey, value: unknown): void => void set.run(key, JSON.stringify(value)),
    remove: (key: SettingKey): void => void remove.run(key),
  };
}
