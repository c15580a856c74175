// Runs nowhere by itself: the parts of an open library as its router and its doctor see them. Types only.
import type { ChangeCounts, PackId, RootId, SearchRequest } from '../contract/index.ts';
import type { BatteryRest } from './battery.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database/database.ts';
import type { RootRow } from './database/roots.ts';
import type { Decisions } from './decisions.ts';
import type { Folders } from './folders/folders.ts';
import type { Indexer } from './indexing/indexer.ts';
import type { DecodePool } from './media/job.ts';
import type { MetadataReader } from './media/metadata.ts';
import type { Moving } from './moving/moving.ts';
import type { Playing } from './playback/playback.ts';
import type { Packs, Trash } from './ports.ts';
import type { PreviewFiles } from './preview-files.ts';
import type { Search } from './search/search.ts';
import type { Spaces } from './spaces.ts';
import type { SpeechPacks } from './speech/hearing.ts';

export interface Parts {
  readonly folder: string;
  readonly database: Database;
  readonly folders: Folders;
  readonly indexer: Indexer;
  readonly changes: Changes;
  readonly spaces: Spaces;
  readonly speech: SpeechPacks;
  readonly packs: Packs;
  readonly pool: DecodePool;
  readonly metadata: MetadataReader;
  readonly previews: PreviewFiles;
  readonly search: Search;
  readonly playing: Playing;
  readonly decisions: Decisions;
  readonly battery: BatteryRest;
  readonly moving: Moving;
  /** Null where the host has none. */
  readonly trash: Trash | null;
  addRoot(path: string): RootRow;
  removeRoot(rootId: RootId): Promise<number>;
  rescan(signal?: AbortSignal, rootIds?: readonly RootId[]): Promise<ChangeCounts>;
  usePack(packId: PackId): Promise<void>;
  /** Opens what the question needs: the encoder, unless nothing is asked by meaning. */
  readyToSearch(request: SearchRequest, signal?: AbortSignal): Promise<void>;
}
