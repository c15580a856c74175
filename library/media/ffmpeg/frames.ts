// Runs wherever a film is watched: its pictures as raw RGB with their times, a stream that holds one at a time.
import type { VideoTrack } from './probe.ts';
import { seconds } from './audio.ts';
import { collect } from './collect.ts';
import { ffmpegArguments } from './command.ts';
import { programs } from './programs.ts';
import { run } from './run.ts';

export interface Frame {
  readonly timeMs: number;
  /** width x height x 3, rows from the top. The receiver's own. */
  readonly rgb: Uint8Array;
}

export interface FrameWants {
  readonly track: VideoTrack;
  /** Every frame is scaled to exactly this, upright. */
  readonly width: number;
  readonly height: number;
  /**
   * Which pictures are decoded: `all`; `reference`, those that others are built on (no B-pictures);
   * `key`, those that stand alone. Fewer is faster by half, and by tens.
   */
  readonly decode: 'all' | 'reference' | 'key';
  /** At least so long between two frames. 0: every one that is decoded. */
  readonly leastGapMs: number;
  readonly fromMs?: number;
  /** Let the graphics card decode where ffmpeg finds one; what it cannot, the processor does. */
  readonly hardware?: boolean;
  /** So many frames at the most. */
  readonly most?: number;
}

const SKIP = { all: 'default', reference: 'bidir', key: 'nokey' } as const;
/** Threads of one decoder: more than cores would only contend with the encoder. */
const THREADS = 2;
const MAX_RESIDENT_BYTES = 900 * 1024 * 1024;

/**
 * Decodes the track once, from `fromMs` on. What is not read is not decoded; leaving the loop ends the child.
 *
 * @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function* decodeFrames(
  path: string,
  wants: FrameWants,
  signal?: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  const fromMs = wants.fromMs ?? 0;
  const passthrough = await passthroughOption();
  const most = wants.most === undefined ? [] : ['-frames:v', String(wants.most)];
  const args = ffmpegArguments(path, {
    input: [
      ...['-an', '-sn', '-dn', '-threads', String(THREADS), '-skip_frame', SKIP[wants.decode]],
      ...(wants.hardware === true ? ['-hwaccel', 'auto'] : []),
      ...(fromMs > 0 ? ['-ss', seconds(fromMs)] : []),
    ],
    filters: filterGraph(wants, wants.track.hdr && (await canToneMap())),
    outputs: [
      // One line a frame with its time, which raw pixels do not carry. First, so that a frame's time is written
      // before its pixels: whoever waits for the time must not hold up the pipe that it waits behind.
      {
        to: 'pipe:3',
        options: ['-map', '[times]', ...passthrough, ...most, '-flush_packets', '1', '-f', 'framecrc'],
      },
      { to: 'pipe:1', options: ['-map', '[pixels]', ...passthrough, ...most, '-f', 'rawvideo'] },
    ],
  });
  const running = await run('ffmpeg', args, { residentBytes: MAX_RESIDENT_BYTES }, signal, 1);
  try {
    const [pixels, times] = running.pipes;
    if (pixels === undefined || times === undefined) throw new Error('ffmpeg was started without its pipes');
    const timeOf = readTimes(times as AsyncIterable<Buffer>);
    const bytes = wants.width * wants.height * 3;
    let rgb = new Uint8Array(bytes);
    let filled = 0;
    for await (const chunk of pixels as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + bytes - filled);
        rgb.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < bytes) continue;
        const offsetMs = await timeOf.next();
        if (offsetMs.done === true) return;
        yield { timeMs: Math.max(0, Math.round(fromMs + offsetMs.value)), rgb };
        rgb = new Uint8Array(bytes);
        filled = 0;
      }
    }
    await running.ended;
  } finally {
    running.stop();
  }
}

/** Milliseconds of each frame, from framecrc's lines: stream, dts, pts, duration, size, checksum. */
async function* readTimes(chunks: AsyncIterable<Buffer>): AsyncGenerator<number, void, undefined> {
  let tickMs = 1;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const base = /^#tb 0: (\d+)\/(\d+)/.exec(line);
      if (base !== null) tickMs = (Number(base[1]) / Number(base[2])) * 1000;
      else if (!line.startsWith('#')) yield Number(line.split(',')[2]) * tickMs;
    }
  }
}

function filterGraph({ track, width, height, leastGapMs }: FrameWants, toneMap: boolean): string {
  const gap = seconds(leastGapMs - 1);
  const select = leastGapMs > 1 ? `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${gap})',` : '';
  // Scaled first: bringing down the light costs several times more per pixel. Up to 0.6 of white nothing is changed,
  // lights above it are pressed together: hable would darken all by a third.
  const sdr = toneMap
    ? 'zscale=t=linear:npl=203,format=gbrpf32le,tonemap=mobius:param=0.6:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p,scale,'
    : '';
  const scale = `scale=${String(width)}:${String(height)}:flags=bicubic,setsar=1,`;
  return `[0:${String(track.index)}]${select}${scale}${sdr}format=rgb24,split[pixels][times]`;
}

/** Frames keep their own times: the option's name changed with ffmpeg 5.1. */
async function passthroughOption(): Promise<string[]> {
  const { version } = await programs();
  const [, major = 0, minor = 0] = (/^n?(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  const build = Number(/^N-(\d+)/.exec(version)?.[1] ?? 0);
  const isNew = major > 5 || (major === 5 && minor >= 1) || build > 107_100;
  return isNew ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

let toneMaps: Promise<boolean> | null = null;

/** Whether the ffmpeg in use has what HDR needs (libzimg). Without, HDR looks pale but is found all the same. */
function canToneMap(): Promise<boolean> {
  toneMaps ??= (async () => {
    const filters = (await collect('ffmpeg', ['-hide_banner', '-filters'], 1 << 20, {})).toString('utf8');
    return / zscale /.test(filters) && / tonemap /.test(filters);
  })().catch(() => false);
  return toneMaps;
}
