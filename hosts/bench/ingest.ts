// Runs in the command line: how near indexing comes to what decoding and encoding alone take, and its memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Failure, type PackId } from '../../contract/index.ts';
import { BUILT_IN, type Log } from '../../library/ports.ts';
import { createPacks } from '../../native-models/index.ts';
import { builtInFolder } from '../library-folder.ts';
import { openEngine } from '../open-engine.ts';
import { clientOf } from '../rpc.ts';
import { decodeAlone, encodeAlone, type Cost } from './alone.ts';
import { largePictures, smallPictures, writePictures } from './pictures.ts';
import { watchResident, type ResidentMemory } from './resident.ts';

export interface IngestOptions {
  /** How many pictures, and of how many megapixels; `small`: of 64 to 256 pixels an edge instead. */
  readonly pictures: number;
  readonly megapixels: number | 'small';
  /** A pack's folder; null: the built-in one. */
  readonly pack: string | null;
  /** How many of the pictures are decoded and encoded alone, before and after. */
  readonly alone: number;
  /** Where pictures and library go. Pictures that lie there already are used again. */
  readonly work: string;
  readonly note: (sentence: string) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface IngestResult {
  readonly pictures: number;
  readonly pack: PackId;
  readonly decode: Cost;
  /** Decoding with the preview that the grid shows, made from the same decode. */
  readonly decodeAndPreview: Cost;
  readonly encode: Cost;
  /** A picture of `add`, the start and the end of its process included. Without processor time where there is none told. */
  readonly add: { readonly wallMs: number; readonly cpuMs: number | null };
  readonly wallSeconds: number;
  /** (decode + encode) / add: by the clock, and of processor time. */
  readonly share: { readonly wall: number; readonly cpu: number | null };
  readonly shareWithPreviews: { readonly wall: number; readonly cpu: number | null };
  readonly added: number;
  readonly errors: number;
  readonly memory: ResidentMemory;
}

export async function benchIngest(options: IngestOptions): Promise<IngestResult> {
  const { pictures, megapixels, work, note, log } = options;
  const source = megapixels === 'small' ? smallPictures() : largePictures(megapixels);
  const folder = join(work, megapixels === 'small' ? 'small' : `${megapixels}-megapixels`, String(pictures));
  note(`Writing ${pictures} pictures to ${folder} …`);
  await writePictures(source, pictures, folder);
  const library = join(work, 'library');
  await rm(library, { recursive: true, force: true });
  const pack = await preparePack(library, options.pack);
  const sample = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.jpg'))
    .toSorted()
    .slice(0, options.alone)
    .map((name) => join(folder, name));
  const before = await measureAlone(sample, pack, library, work, log);
  options.signal.throwIfAborted();
  note('Adding …');
  const run = await add(folder, library, options.signal);
  const after = await measureAlone(sample, pack, library, work, log);
  // The machine may have been busier at one end than at the other.
  const mean = (of: (measured: Alone) => Cost): Cost => ({
    wallMs: (of(before).wallMs + of(after).wallMs) / 2,
    cpuMs: (of(before).cpuMs + of(after).cpuMs) / 2,
  });
  const whole = {
    wallMs: run.wallMs / pictures,
    cpuMs: run.memory.cpuMs === null ? null : run.memory.cpuMs / pictures,
  };
  const shareOf = (one: Cost, other: Cost) => ({
    wall: (one.wallMs + other.wallMs) / whole.wallMs,
    cpu: whole.cpuMs === null ? null : (one.cpuMs + other.cpuMs) / whole.cpuMs,
  });
  const [decode, encode] = [mean((one) => one.decode), mean((one) => one.encode)];
  const decodeAndPreview = mean((one) => one.decodeAndPreview);
  return {
    ...{ pictures, pack, decode, decodeAndPreview, encode, add: whole },
    wallSeconds: run.wallMs / 1000,
    share: shareOf(decode, encode),
    shareWithPreviews: shareOf(decodeAndPreview, encode),
    added: run.added,
    errors: run.errors,
    memory: run.memory,
  };
}

/** Imports the pack into the empty library and makes it the one in use. */
async function preparePack(library: string, folder: string | null): Promise<PackId> {
  if (folder === null) return BUILT_IN;
  const engine = await openEngine({ folder: library, holder: 'bench', watch: false });
  try {
    const client = clientOf(engine.library.router);
    const { packId } = await client.packs.import({ path: folder });
    await client.packs.use({ packId });
    await engine.library.index();
    return packId;
  } finally {
    await engine.close();
  }
}

interface Alone {
  readonly decode: Cost;
  readonly decodeAndPreview: Cost;
  readonly encode: Cost;
}

async function measureAlone(
  sample: readonly string[],
  packId: PackId,
  library: string,
  work: string,
  log: Log,
): Promise<Alone> {
  const threads = availableParallelism();
  const packs = createPacks({
    packsFolder: join(library, 'packs'),
    builtInFolder: builtInFolder(),
    log,
  });
  const encoder = await packs.open(packId, { threads });
  const previews = join(work, 'previews');
  try {
    const options = { input: encoder.imageInput, workers: threads, log };
    const plain = await decodeAlone(sample, { ...options, previews: null });
    const whole = await decodeAlone(sample, { ...options, previews });
    const encode = await encodeAlone(encoder, plain.inputs);
    return { decode: plain.cost, decodeAndPreview: whole.cost, encode };
  } finally {
    await encoder.close();
    await rm(previews, { recursive: true, force: true });
  }
}

/** `add` as a person runs it, in a process of its own. */
async function add(folder: string, library: string, signal: AbortSignal) {
  const own = fileURLToPath(import.meta.url);
  const program = fileURLToPath(new URL(`../cli/main${extname(own)}`, import.meta.url));
  const startMs = performance.now();
  const child = spawn(process.execPath, [program, 'add', folder, '--library', library, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    killSignal: 'SIGINT',
  });
  const stop = watchResident(child.pid ?? 0);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let done: { added: number; errors: number } | null = null;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as { event: string; added: number; errors: number };
      if (event.event === 'done') done = event;
    }
    const [code] = await exited;
    const wallMs = performance.now() - startMs;
    if (code !== 0 || done === null)
      throw new Failure('INTERNAL', `\`add\` ended with ${code ?? 'a signal'}.`, 'See its messages above.');
    return { wallMs, added: done.added, errors: done.errors, memory: await stop() };
  } finally {
    await stop();
  }
}
