// Runs on the engine's thread: subtitle files that came, changed or went, and the media whose words they are.
import { basename, extname } from 'node:path/posix';
import type { ItemId, RootId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { SubtitleFileRow } from '../database/subtitle-files.ts';
import { queueSubtitles } from '../indexing/queue-subtitles.ts';
import { belongsTo, isSubtitleName, stemsFor } from '../subtitles/subtitle-names.ts';
import type { Found } from './seen.ts';

/** Goes along with a look at media files: takes what is no media. */
export function createSubtitleLook(rootId: RootId, rows: readonly SubtitleFileRow[]) {
  const unseen = new Map(rows.map((row) => [row.path, row]));
  const written: SubtitleFileRow[] = [];
  return {
    /** @returns whether it was a subtitle file */
    takes({ path, bytes, modifiedMs, trouble }: Found): boolean {
      if (!isSubtitleName(basename(path))) return false;
      const row = unseen.get(path);
      unseen.delete(path);
      if (trouble === undefined && (row?.bytes !== bytes || row.modifiedMs !== modifiedMs))
        written.push({ rootId, path, bytes, modifiedMs });
      return true;
    },
    /**
     * Writes what is different and queues the media that it concerns.
     *
     * @param isKept - whether nothing is known now of a file that was not seen
     * @returns how many files are different
     */
    write(database: Database, isKept: (path: string) => boolean): number {
      const gone = [...unseen.values()].filter(({ path }) => !isKept(path));
      if (written.length + gone.length === 0) return 0;
      database.transaction(() => {
        for (const row of written) database.subtitleFiles.put(row);
        for (const row of gone) database.subtitleFiles.remove(rootId, row.path);
        const items = new Set([...written, ...gone].flatMap((row) => itemsOf(database, row)));
        for (const itemId of items) queueSubtitles(database, itemId);
      });
      return written.length + gone.length;
    },
  };
}

/** Media beside it that it may belong to. */
function itemsOf({ files }: Database, { rootId, path }: SubtitleFileRow): ItemId[] {
  return stemsFor(path).flatMap((stem) =>
    files.withStem(rootId, stem).flatMap((file) => {
      const ending = extname(file.path);
      const own = file.path.slice(0, -ending.length);
      return file.itemId !== null && belongsTo(path, own, ending) ? [file.itemId] : [];
    }),
  );
}
