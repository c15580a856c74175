// What a face may ask of a library and what it gets: one oRPC contract for every transport.
import { type ContractRouterClient, eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import * as made from './decisions.ts';
import * as leaving from './export.ts';
import { PackCost, PackDownload, PackOffer } from './downloads.ts';
import { FailureData } from './failures.ts';
import { ContentHash, ItemId, PackId, RootId } from './ids.ts';
import { ItemDetails } from './media.ts';
import * as moving from './moving.ts';
import * as play from './playback.ts';
import { SearchAnswer, SearchRequest, SearchRows } from './search.ts';
import { SpokenEvent } from './speech.ts';
import { HistoryEntry, SearchHistory, Suggestion } from './suggestions.ts';
import { Cards, CardsRequest, LayoutBytes, LayoutRequest } from './timeline.ts';
import * as upkeep from './upkeep.ts';

/** Every procedure may fail with a Failure; its data crosses as the error's `data`. */
const ask = oc.errors({ FAILURE: { data: FailureData } });

export const contract = {
  roots: {
    list: ask.output(z.array(upkeep.RootInfo)),
    /** Starts watching a folder and queues what is in it. Answers at once. */
    add: ask.input(z.object({ path: z.string() })).output(upkeep.RootInfo),
    /** Stops watching and forgets its index. Touches no file of theirs. */
    remove: ask.input(z.object({ rootId: RootId })).output(z.object({ removed: z.int() })),
  },
  folders: {
    /** For faces without a native folder picker. Without a path: the person's home. */
    list: ask.input(z.object({ path: z.string().optional() })).output(upkeep.FolderListing),
    /** Where to begin: the platform's own folders for pictures and films, those that are there. */
    suggested: ask.output(z.array(upkeep.SuggestedFolder)),
  },
  indexing: {
    /** The state now, then at most four times a second whenever it changes, until cancelled. */
    progress: ask.output(eventIterator(upkeep.Progress)),
    /** What changed since; at most four times a second per topic, until cancelled. */
    changes: ask.output(eventIterator(upkeep.Change)),
    /** Looks at every root again now. */
    rescan: ask.output(upkeep.ChangeCounts),
    pause: ask.output(z.void()),
    resume: ask.output(z.void()),
    errors: ask.output(z.array(upkeep.ErrorRow)),
    /** Queues failed steps again: all, or those of one file (absolute path, as `errors` gives it). */
    retry: ask.input(z.object({ path: z.string() }).optional()).output(z.object({ retried: z.int() })),
    /** Passes a failed file over from now on, by a pattern in the settings. */
    ignore: ask.input(z.object({ path: z.string() })).output(z.void()),
  },
  search: {
    find: ask.input(SearchRequest).output(SearchAnswer),
    /** The same, as it comes: the first rows do not wait for the others. */
    stream: ask.input(SearchRequest).output(eventIterator(SearchRows)),
  },
  items: {
    get: ask.input(z.object({ itemId: ItemId })).output(ItemDetails),
    /** By absolute path of one of its files. */
    byPath: ask.input(z.object({ path: z.string() })).output(ItemDetails),
    /** By content: what a link to a moment names, since ids are made anew with the index. */
    byHash: ask.input(z.object({ hash: ContentHash })).output(ItemDetails),
  },
  playback: {
    /** For video and audio. Throws ITEM_UNKNOWN, MEDIA_NOT_SUPPORTED for a picture. */
    get: ask.input(z.object({ itemId: ItemId })).output(play.Playback),
    /** Every moment of an item towards a question, in the order of time. */
    relevance: ask.input(play.RelevanceRequest).output(z.array(play.MomentRelevance)),
    /** Computed once and kept; needs the file the first time. */
    waveform: ask.input(z.object({ itemId: ItemId })).output(play.Waveform),
    /** Makes a form that the face plays where the file is none; at its end `full` gives it. */
    prepare: ask.input(play.PrepareRequest).output(eventIterator(play.WorkProgress)),
    /** Writes what lies between two moments as a file of its own; cancelled, nothing is left of it. */
    exportClip: ask.input(play.ClipRequest).output(eventIterator(play.WorkProgress)),
    exportTranscript: ask.input(play.TranscriptRequest).output(play.Written),
  },
  collections: {
    /** All that a side bar lists. */
    list: ask.output(made.Collections),
    /** Folders with something in them: the roots, or those right in a folder of one. */
    folders: ask
      .input(z.object({ rootId: RootId, path: z.string() }).nullable())
      .output(z.array(made.FolderNode)),
  },
  exports: {
    /** Progress until it is done; cancelling removes a half-written archive. */
    run: ask.input(leaving.ExportRequest).output(eventIterator(leaving.ExportProgress)),
  },
  trash: {
    /** What trashing items would take from the disk, to be asked about. */
    plan: ask.input(z.object({ itemIds: made.ItemIds })).output(leaving.TrashPlan),
    /** Moves their files to the system's trash. To be called only when a person has said so. */
    move: ask.input(z.object({ itemIds: made.ItemIds })).output(leaving.TrashAnswer),
  },
  /** What a person decides about items. It hangs on their contents: moves and a new index keep it. */
  decisions: {
    /** One edit for all items, however many. */
    mark: ask.input(made.MarkRequest).output(z.void()),
    /** Tags that some of the items have, and how many of them. */
    tagsOf: ask.input(z.object({ itemIds: made.ItemIds })).output(z.array(made.TagInfo)),
    renameTag: ask.input(made.TagRename).output(z.void()),
    removeTag: ask.input(z.object({ name: z.string() })).output(z.void()),
    state: ask.output(made.EditState),
    /** Takes the last edit back, or does it again; null when there is none. */
    undo: ask.output(made.EditInfo.nullable()),
    redo: ask.output(made.EditInfo.nullable()),
  },
  albums: {
    create: ask.input(made.NewAlbum).output(made.AlbumInfo),
    rename: ask.input(made.AlbumName).output(z.void()),
    /** The album alone: its items stay. */
    remove: ask.input(made.AlbumName.pick({ albumId: true })).output(z.void()),
    put: ask.input(made.AlbumRequest).output(z.void()),
    take: ask.input(made.AlbumRequest).output(z.void()),
  },
  searches: {
    save: ask.input(made.NewSearch).output(made.SavedSearch),
    change: ask.input(made.SavedSearch).output(z.void()),
    remove: ask.input(made.SavedSearch.pick({ searchId: true })).output(z.void()),
  },
  /** What the library holds that can be asked for by name; few enough to be matched in the face, key by key. */
  suggestions: ask.output(z.array(Suggestion)),
  history: {
    list: ask.output(SearchHistory),
    add: ask.input(HistoryEntry).output(z.void()),
    remove: ask.input(HistoryEntry).output(z.void()),
    clear: ask.output(z.void()),
  },
  timeline: {
    /** Every item under the filters as columns (`readLayout`), so that a face can lay all of them out. */
    layout: ask.input(LayoutRequest).output(LayoutBytes),
    /** Cards of the items in sight, in the order asked; items that are gone are left out. */
    cards: ask.input(CardsRequest).output(Cards),
  },
  speech: {
    /** What is said in a file, by absolute path, as it is heard; nothing is stored. */
    transcribe: ask.input(z.object({ path: z.string() })).output(eventIterator(SpokenEvent)),
  },
  packs: {
    list: ask.output(z.array(upkeep.PackInfo)),
    /** Copies a pack from a folder into the library, checking every file. */
    import: ask.input(z.object({ path: z.string() })).output(upkeep.PackInfo),
    /** Fills the pack's space beside the active one and switches when it is ready. */
    use: ask.input(z.object({ packId: PackId })).output(upkeep.PackInfo),
    verify: ask.input(z.object({ packId: PackId })).output(upkeep.PackVerification),
    remove: ask.input(z.object({ packId: PackId })).output(z.void()),
    /** What can be downloaded. Asks nobody: the list comes with the app. */
    offers: ask.output(z.array(PackOffer)),
    /**
     * Begins a download, or goes on with one, and answers when it runs. Calling it is the person's consent
     * to the size, licence and hosts of the offer.
     */
    install: ask.input(z.object({ packId: PackId })).output(z.void()),
    /** Stops a download; what has arrived is kept, or thrown away. */
    stop: ask.input(z.object({ packId: PackId, keep: z.boolean() })).output(z.void()),
    /** All downloads now, then at most four times a second whenever one changes, until cancelled. */
    downloads: ask.output(eventIterator(z.array(PackDownload))),
    /** Measures on this machine, for a second or so. */
    cost: ask.input(z.object({ packId: PackId })).output(PackCost),
    /** Address of a server that holds the same files under the same paths; null: each manifest's own. */
    mirror: ask.output(z.string().nullable()),
    setMirror: ask.input(z.string().nullable()).output(z.string().nullable()),
  },
  /** The library itself to another folder or disk. It goes on without the face that began it. */
  moving: {
    /** Throws FOLDER_* and INPUT_INVALID where nothing can be moved; whether there is room, the numbers say. */
    plan: ask.input(moving.MovePlanRequest).output(moving.MovePlan),
    /** Answers when it runs. Throws as `plan`, and DISK_FULL, LIBRARY_MOVING. */
    start: ask.input(moving.MoveRequest).output(z.void()),
    /** Gives it up and ends when nothing is written any more; too late once it switches. */
    stop: ask.output(z.void()),
    /** The move now, then at most four times a second whenever it changes, until cancelled; null: there is none. */
    state: ask.output(eventIterator(moving.MoveState.nullable())),
  },
  settings: {
    get: ask.output(upkeep.Settings),
    set: ask.input(upkeep.SettingsChange).output(upkeep.Settings),
  },
  upkeep: {
    /** Forgets what can be made again from the files, and begins to make it again. Decisions stay. */
    rebuild: ask.output(z.void()),
    /** JSON for a person to read and to send on, without names of anything in the library. */
    diagnostics: ask.output(z.string()),
  },
  status: ask.output(upkeep.Status),
  doctor: ask.output(z.array(upkeep.DoctorRow)),
};

export type Contract = typeof contract;
/** What a face calls, over whichever transport. */
export type ContractClient = ContractRouterClient<Contract>;
