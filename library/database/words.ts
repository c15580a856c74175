// Runs on the engine's thread: the full-text table over every text of a moment (FTS5), in index.db.
import type { MomentId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';
import { tokensOf } from './word-tokens.ts';

/** The texts of a moment, by where they come from. */
export interface MomentWords {
  /** Names of its files. */
  readonly name: string;
  /** Folders they lie in, below the root and the root's own name. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: string;
  /** What is said or written in it. */
  readonly said: string;
}

export const wordFields = ['name', 'folder', 'title', 'description', 'keywords', 'said'] as const;

export type Words = ReturnType<typeof createWords>;

/** A vocabulary older than this is read again, where words were written meanwhile: it only serves guesses. */
const VOCABULARY_MS = 5_000;

export function createWords(index: Connection) {
  index.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')");
  const terms = index.prepare<[], string>('SELECT term FROM vocabulary').pluck();
  let writes = 0;
  let vocabulary: { tokens: ReadonlySet<string>; writes: number; readMs: number } | null = null;
  const remove = index.prepare<[MomentId]>('DELETE FROM words WHERE rowid = ?');
  const insert = index.prepare<[MomentId, string, string, string, string, string, string]>(
    'INSERT INTO words (rowid, name, folder, title, description, keywords, said) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const match = index.prepare<[string, number], { momentId: MomentId; bm25: number }>(
    `SELECT rowid AS momentId, bm25(words, 3.0, 1.5, 4.0, 2.0, 4.0, 2.0) AS bm25
     FROM words WHERE words MATCH ? ORDER BY bm25 LIMIT ?`,
  );
  const matching = index.prepare<[string], MomentId>('SELECT rowid FROM words WHERE words MATCH ?').pluck();
  const cut = (text: string): string => tokensOf(text).join(' ');
  return {
    /** Replaces what the moment had. */
    set(momentId: MomentId, texts: MomentWords): void {
      writes += 1;
      remove.run(momentId);
      insert.run(
        momentId,
        cut(texts.name),
        cut(texts.folder),
        cut(texts.title),
        cut(texts.description),
        cut(texts.keywords),
        cut(texts.said),
      );
    },
    remove(momentId: MomentId): void {
      writes += 1;
      remove.run(momentId);
    },
    /**
     * Moments that match an FTS5 expression, best first. `bm25` is SQLite's: smaller is better, below 0.
     * The expression is made by search/ from {@link tokensOf}'s tokens, quoted, never from a person's text.
     */
    match: (expression: string, limit: number) => match.all(expression, limit),
    /** Every token that stands somewhere; a few seconds old at most. */
    vocabulary(): ReadonlySet<string> {
      const nowMs = performance.now();
      if (vocabulary === null || (vocabulary.writes !== writes && nowMs - vocabulary.readMs > VOCABULARY_MS))
        vocabulary = { tokens: new Set(terms.all()), writes, readMs: nowMs };
      return vocabulary.tokens;
    },
    /** Every moment that matches an expression, made as for `match`; in the order of ids. */
    matching: (expression: string): MomentId[] => matching.all(expression),
  };
}
