// Runs in the command line: memory and processor time of a process and all its children. Serves the bench.
import { readdir, readFile } from 'node:fs/promises';

/** Of Linux on every machine that Node runs on today. */
const PAGE_BYTES = 4096;
const EVERY_MS = 100;
/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on: a tick is 10 ms. */
const TICK_MS = 10;

export interface ResidentMemory {
  /** Most at any look, bytes; pages shared by processes count in each. Null where the platform does not tell. */
  readonly maxBytes: number | null;
  /** Of the looks in the first, second, third and last quarter of the time, bytes: does it grow? */
  readonly quarterMaxBytes: readonly number[];
  /** Processes at once, at most. */
  readonly processes: number;
  /** Processor time of all of them as last seen, milliseconds; unlike the clock's it does not grow on a busy machine. */
  readonly cpuMs: number | null;
}

/** Looks at a process's tree ten times a second until stopped. Linux alone tells of other processes. */
export function watchResident(pid: number) {
  const looks: { bytes: number; processes: number }[] = [];
  const cpuMs = new Map<number, number>();
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted && process.platform === 'linux') {
      const tree = await treeOf(pid);
      const bytes = await Promise.all(tree.map(residentOf));
      const sum = bytes.reduce((all, one) => all + one, 0);
      for (const one of tree) cpuMs.set(one, Math.max(cpuMs.get(one) ?? 0, await cpuOf(one)));
      if (sum > 0) looks.push({ bytes: sum, processes: bytes.filter((one) => one > 0).length });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return async (): Promise<ResidentMemory> => {
    stopping.abort();
    await watching;
    const most = (part: typeof looks): number => part.reduce((max, look) => Math.max(max, look.bytes), 0);
    const quarter = Math.ceil(looks.length / 4);
    return {
      maxBytes: looks.length === 0 ? null : most(looks),
      quarterMaxBytes:
        looks.length < 4 ? [] : [0, 1, 2, 3].map((at) => most(looks.slice(at * quarter, (at + 1) * quarter))),
      processes: looks.reduce((max, look) => Math.max(max, look.processes), 0),
      cpuMs: cpuMs.size === 0 ? null : [...cpuMs.values()].reduce((all, one) => all + one, 0),
    };
  };
}

/** A process and everything it started, as far as it is still there. */
async function treeOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const children = lists
    .flatMap((list) => list.trim().split(/\s+/))
    .flatMap((id) => (id === '' ? [] : [Number(id)]));
  const own = await commandOf(pid);
  const below = await Promise.all(
    // Between its fork and its own program a child still is its parent, with all its pages: they count once.
    children.map(async (child) => ((await commandOf(child)) === own ? [] : treeOf(child))),
  );
  return [pid, ...below.flat()];
}

const commandOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');

async function residentOf(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** Of the process and its threads, so far; 0 where it is gone. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold anything; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}
