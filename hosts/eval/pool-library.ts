// Runs in the command line: a library for a while, made of M-BEIR's candidates: pictures, texts, and both at once.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ContentHash, SearchRequest, type SearchAnswer, type SearchInput } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { createDecodePool } from '../../library/media/decode-pool.ts';
import type { Encoder, Log, PictureEmbedding } from '../../library/ports.ts';
import { createSearch } from '../../library/search/search.ts';
import { createSpaceIndex } from '../../library/search/vectors/space-index.ts';
import { type Candidate, modalityOf } from './mbeir.ts';

export interface PoolOptions {
  readonly encoder: Encoder;
  readonly candidates: readonly Candidate[];
  /** What paths of pictures are relative to. */
  readonly folder: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Answers with the ids of candidates, best first. */
export type FindCandidates = (request: SearchInput) => Promise<readonly string[]>;

const itemKind = { text: 'audio', picture: 'picture', 'picture and text': 'picture' } as const;
const nothing = { name: '', folder: '', title: '', description: '', keywords: '', said: '' };

/**
 * A picture is one moment, a text another (as what is said in a recording), and a candidate of both has both, so that
 * either finds it. The text can be found by its words as well.
 */
export async function withPool<T>(
  options: PoolOptions,
  use: (find: FindCandidates) => Promise<T>,
): Promise<T> {
  const { encoder, candidates, log, signal } = options;
  const folder = mkdtempSync(join(tmpdir(), 'afterimage-eval-'));
  const database = openDatabase(folder);
  const pool = createDecodePool({ workers: availableParallelism(), log });
  try {
    const index = createSpaceIndex(encoder.space);
    const vectors = database.vectors.open(encoder.space);
    const { rootId } = database.roots.add(join(folder, 'candidates'), 0);
    const see = async (path: string): Promise<PictureEmbedding | undefined> => {
      const { mediaType } = await pool.identify(path, signal);
      const wants = { previewPath: null, inputs: [encoder.imageInput] };
      const { inputs } = await pool.decode({ path, mediaType, wants }, signal);
      return (await encoder.encodePictures(inputs, signal))[0];
    };
    const didOf = new Map<string, string>();
    for (const [n, candidate] of candidates.entries()) {
      signal.throwIfAborted();
      const { did, text, picture } = candidate;
      const [said] = text === null ? [] : ((await encoder.encodeSentences?.([text], signal)) ?? []);
      const seen = picture === null ? undefined : await see(resolve(options.folder, picture));
      const itemId = database.items.add({
        ...{ kind: itemKind[modalityOf(candidate)], mediaType: 'image/jpeg', bytes: 1, sortMs: -n },
        hash: ContentHash.parse(createHash('sha256').update(did).digest('hex')),
      });
      const path = String(n);
      const fileId = database.files.add(rootId, { path, bytes: 1, modifiedMs: 0, identity: path });
      database.files.link(fileId, itemId, 'primary');
      didOf.set(path, did);
      const put = (kind: 'picture' | 'sentence', embedding: PictureEmbedding | undefined) => {
        const at = kind === 'picture' ? null : 0;
        const momentId = database.moments.add({
          ...{ itemId, kind, startMs: at, endMs: at, text: kind === 'sentence' ? text : null },
        });
        const words = kind === 'sentence' ? { said: text ?? '' } : { description: text ?? '' };
        database.words.set(momentId, { ...nothing, ...words });
        if (embedding === undefined) return;
        vectors.put(momentId, embedding);
        index.put(momentId, itemId, kind, embedding);
      };
      if (picture !== null) put('picture', seen);
      if (text !== null)
        put('sentence', said === undefined ? undefined : { vector: said, concepts: null, regions: [] });
    }
    const search = createSearch({
      ...{ database, log, pool, clock: { nowMs: () => 0 }, active: () => ({ encoder, vectors, index }) },
    });
    const didsOf = (answer: SearchAnswer) => answer.results.flatMap(({ name }) => didOf.get(name) ?? []);
    return await use(async (request) => didsOf(await search.find(SearchRequest.parse(request), signal)));
  } finally {
    await pool.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
