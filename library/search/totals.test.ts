// Tests of counting: what a text finds is counted, however many they are and wherever their rows lie.
import { expect, test } from 'vitest';
import type { ItemId, MomentId } from '../../contract/index.ts';
import { createVectorEncoder, direction, unit } from '../../test/support/fixture-encoder.ts';
import { createFixtureLibrary } from '../../test/support/fixture-library.ts';
import { scoreQuestion } from './question.ts';
import { createCatalogues } from './catalogue.ts';
import { createTurns } from './turns.ts';
import { createSpaceIndex } from './vectors/space-index.ts';

const DIMENSIONS = 128;
const LIKE = 18_000;
const OTHERS = 30_000;

test('more moments than are chosen at first are all found, though only so many are compared at a time', async () => {
  const library = createFixtureLibrary();
  try {
    const encoder = createVectorEncoder(DIMENSIONS);
    const index = createSpaceIndex({ ...encoder.space, curves: null });
    const thing = direction('harbour', DIMENSIONS);
    const { database } = library;
    database.transaction(() => {
      const { itemId } = library.add({ path: 'all.jpg' });
      for (let n = 0; n < LIKE + OTHERS; n++) {
        const own = direction(`picture ${String(n)}`, DIMENSIONS);
        const vector = unit(n < LIKE ? own.map((value, i) => value * 0.1 + (thing[i] ?? 0)) : own);
        const momentId = database.moments.add({
          ...{ itemId, kind: 'keyframe', startMs: n, endMs: n + 1, text: null },
        });
        index.put(momentId, 0 as ItemId, 'keyframe', { vector, concepts: null, regions: [] });
      }
    });
    await index.setNeutral(
      Array.from({ length: 50 }, (_, n) => direction(`neutral ${String(n)}`, DIMENSIONS)),
    );
    const catalogue = createCatalogues(database)();
    const { relevance } = await scoreQuestion({
      ...{ database, catalogue, pictures: [], mask: null, typing: false, exhaustive: true },
      active: { encoder, vectors: database.vectors.open(encoder.space), index },
      plan: {
        ...{ phrases: [], excluded: [], filters: [], intent: null, arithmetic: false, sort: 'relevance' },
        ...{ unknown: [], weak: [] },
        wants: [{ kind: 'text', text: 'harbour', weight: 1, negative: false }],
      },
      understood: new Map([['harbour', { kind: 'vector', vector: thing }]]),
      leftOut: new Set(['words', 'likeness']),
      turn: createTurns(),
    });
    let judged = 0;
    for (let slot = 0; slot < index.count(); slot++)
      if ((relevance?.[index.momentIds[slot] as MomentId] ?? 0) > 0) judged++;
    expect(judged).toBeGreaterThanOrEqual(LIKE);
  } finally {
    library.close();
  }
}, 60_000);
