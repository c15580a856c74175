// Runs on the engine's thread: the speech pack in use, opened when something is to be heard.
import { Failure, type ItemId, PackId, type SpeechState } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import { versions } from '../indexing/versions.ts';
import type { Log, Packs, Recogniser, VoiceDetector } from '../ports.ts';

export type SpeechPacks = ReturnType<typeof createSpeechPacks>;

const NOT_CHOSEN =
  'No speech pack is in use: import one (`packs import`), then use it (`packs use`), and what is said is found too.';

/**
 * At most one speech pack is in use, beside the pack that compares pictures. Without one, or without the
 * program that runs it, nothing is queued: what is written beside and inside files is found all the same.
 */
export function createSpeechPacks(options: { database: Database; packs: Packs; threads: number; log: Log }) {
  const { database, packs, threads, log } = options;
  let opened: { packId: PackId; ears: Promise<{ recogniser: Recogniser; voices: VoiceDetector }> } | null =
    null;
  /** Why nothing is heard, as far as is known; null: something is. */
  let trouble: string | null = NOT_CHOSEN;

  const stored = (): PackId | null => PackId.safeParse(database.settings.get('speechPack')).data ?? null;

  const close = async (): Promise<void> => {
    const before = opened;
    opened = null;
    await (await before?.ears.catch(() => null))?.voices.close();
  };

  const ears = (packId: PackId) => {
    if (opened?.packId === packId) return opened.ears;
    const open = async () => {
      const recogniser = await packs.speech.openRecogniser(packId, { threads });
      return { recogniser, voices: await packs.speech.openVoices() };
    };
    const promise = open();
    opened = { packId, ears: promise };
    // Not remembered when it fails: the next asking tries again.
    promise.catch(() => (opened = null));
    return promise;
  };

  /** Queues what was not heard yet, where it can be. */
  const prepare = async (): Promise<void> => {
    const packId = stored();
    trouble = NOT_CHOSEN;
    if (packId === null) return;
    const { works, sentence } = await packs.speech.program();
    const isThere = (await packs.list()).some((pack) => pack.packId === packId);
    trouble = works ? (isThere ? null : `The speech pack ${packId} is not here any more.`) : sentence;
    if (trouble !== null) {
      log.warn('speech.not-installed', { reason: trouble });
      return;
    }
    for (const kind of ['video', 'audio'] as const)
      database.steps.fillScope('transcribe', packId, versions.transcribe, kind);
  };

  return {
    /** The pack in use; null where none is, or where it cannot run. */
    activeId: (): PackId | null => (trouble === null ? stored() : null),
    /** The pack that was chosen, whether it can run or not. */
    chosenId: stored,
    ears,
    prepare,
    /** Why nothing is heard; null: something is. */
    trouble: (): string | null => trouble,
    /** Queues an item that is new. */
    queue(itemId: ItemId, priority: number): void {
      const packId = stored();
      if (trouble === null && packId !== null)
        database.steps.queue('transcribe', { itemId }, versions.transcribe, priority, packId);
    },
    /** Throws Failure MODEL_FAILED where the program is not there. */
    async use(packId: PackId): Promise<void> {
      await ears(packId);
      const before = stored();
      database.settings.set('speechPack', packId);
      if (before !== null && before !== packId) database.steps.dropScope(before);
      await prepare();
    },
    /** Throws Failure PACK_IN_USE for the one in use. */
    async forget(packId: PackId): Promise<void> {
      if (packId === stored() && trouble === null)
        throw new Failure('PACK_IN_USE', `The pack ${packId} is in use.`, 'Use another speech pack first.');
      if (opened?.packId === packId) await close();
      if (packId === stored()) database.settings.remove('speechPack');
      database.steps.dropScope(packId);
    },
    stateOf(itemId: ItemId): SpeechState | null {
      if (database.items.get(itemId)?.kind === 'picture') return null;
      if (trouble !== null) return { state: 'not-installed', reason: trouble };
      const step = database.steps.ofItem(itemId).find((row) => row.name === 'transcribe');
      if (step?.state === 'failed') return { state: 'failed', reason: step.reason };
      return { state: step === undefined || step.state === 'waiting' ? 'waiting' : 'heard', reason: null };
    },
    close,
  };
}
