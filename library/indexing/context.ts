// Runs nowhere by itself: what every step is given. Types only.
import type { ItemId, MomentId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { DecodePool } from '../media/job.ts';
import type { MetadataReader } from '../media/metadata.ts';
import type { Log } from '../ports.ts';
import type { PreviewFiles } from '../preview-files.ts';
import type { Spaces } from '../spaces.ts';
import type { SpeechPacks } from '../speech/hearing.ts';

export interface StepContext {
  readonly database: Database;
  readonly pool: DecodePool;
  readonly metadata: Pick<MetadataReader, 'read'>;
  readonly previews: PreviewFiles;
  readonly spaces: Spaces;
  readonly speech: SpeechPacks;
  readonly log: Log;
}

/** A moment of an item, as the embed step needs it. */
export interface MomentOfItem {
  readonly itemId: ItemId;
  readonly momentId: MomentId;
}
