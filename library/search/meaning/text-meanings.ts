// Runs on the engine's thread: what texts mean to the active pack, kept for the next keystroke.
import type { Encoder, TextMeaning } from '../../ports.ts';
import { neutralTexts } from './neutral-texts.ts';
import type { SpaceIndex } from '../vectors/space-index.ts';

/** Texts kept per space: what a person goes back and forth between while typing. */
const KEPT = 512;

export type TextMeanings = ReturnType<typeof createTextMeanings>;

export function createTextMeanings() {
  const bySpace = new Map<string, Map<string, TextMeaning>>();
  const neutral = new WeakMap<SpaceIndex, Promise<void>>();
  return {
    /** In order. Throws as {@link Encoder.encodeTexts}. */
    async of(encoder: Encoder, texts: readonly string[], signal?: AbortSignal): Promise<TextMeaning[]> {
      const { key } = encoder.space;
      const known = bySpace.get(key) ?? new Map<string, TextMeaning>();
      bySpace.set(key, known);
      const missing = [...new Set(texts.filter((text) => !known.has(text)))];
      const found = missing.length === 0 ? [] : await encoder.encodeTexts(missing, signal);
      const now = new Map(missing.map((text, i) => [text, found[i]]));
      return texts.map((text) => {
        const meaning = known.get(text) ?? now.get(text);
        if (meaning === undefined) throw new Error('the encoder gave fewer texts than it was asked for');
        // Last in: what was used longest ago leaves first.
        known.delete(text);
        known.set(text, meaning);
        for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
        return meaning;
      });
    },
    /** Gives a space its neutral texts, once; then every text query can be judged. */
    async judgeable(encoder: Encoder, index: SpaceIndex): Promise<void> {
      let begun = neutral.get(index);
      if (begun === undefined) {
        begun = encodeNeutral(encoder, index);
        neutral.set(index, begun);
        begun.catch(() => neutral.delete(index));
      }
      await begun;
    },
  };
}

async function encodeNeutral(encoder: Encoder, index: SpaceIndex): Promise<void> {
  const meanings = await encoder.encodeTexts(neutralTexts(encoder.space.languages));
  // Not awaited: what it has not come to yet is computed when a search asks.
  void index.setNeutral(meanings.flatMap((one) => (one.kind === 'vector' ? [one.vector] : [])));
}
