// Runs in the command line: `show` tells all that is known of one item.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { conceptWord, ItemId, type ItemDetails, type Taken } from '../../../contract/index.ts';
import { failureFrom } from '../../failures.ts';
import type { Run } from '../command.ts';
import { withEngine, type Session } from '../engine-session.ts';
import { realPath } from '../paths.ts';
import type { Say } from '../say.ts';
import { byteCount, clock, pairs, percent, printable } from '../text.ts';

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const item = await findItem(client, call.args[0] ?? '');
    call.output.object(item);
    call.output.line(printable(item.path));
    call.output.line(pairs(rowsOf(item, call.say)));
  });

/** A number is an id, unless a file has that name. */
async function findItem(client: Session['client'], asked: string): Promise<ItemDetails> {
  const id = ItemId.safeParse(Number(asked));
  if (/^\d+$/.test(asked) && id.success && !existsSync(asked)) return client.items.get({ itemId: id.data });
  const path = resolve(asked);
  try {
    return await client.items.byPath({ path });
  } catch (error) {
    const { code } = failureFrom(error);
    const real = realPath(path);
    if (real === path || (code !== 'ITEM_UNKNOWN' && code !== 'FILE_NOT_FOUND')) throw error;
    return client.items.byPath({ path: real });
  }
}

function rowsOf(item: ItemDetails, say: Say): (readonly [string, string])[] {
  const { metadata } = item;
  const size = item.width === null || item.height === null ? [] : [`${item.width} × ${item.height}`];
  const rows: (readonly [string, string | null])[] = [
    [say('show.kind'), `${say(`kind.${item.kind}`)}, ${item.mediaType}`],
    [say('show.size'), [...size, byteCount(item.bytes)].join(', ')],
    [say('show.taken'), metadata.taken === null ? null : takenText(metadata.taken, say)],
    [say('show.camera'), joined([metadata.cameraMake, metadata.cameraModel], ' ')],
    [say('show.lens'), metadata.lens],
    [say('show.exposure'), exposureText(item)],
    [
      say('show.place'),
      metadata.latitude === null || metadata.longitude === null
        ? null
        : `${metadata.latitude.toFixed(6)}, ${metadata.longitude.toFixed(6)}`,
    ],
    [say('show.title'), joined([metadata.title, metadata.description], ': ')],
    [say('show.keywords'), joined(metadata.keywords, ', ')],
    [say('show.rating'), metadata.rating === null ? null : String(metadata.rating)],
    [
      say('show.concepts'),
      joined(
        item.concepts.map((one) => `${conceptWord(one.label, say.language)} ${percent(one.relevance)}`),
        ', ',
      ),
    ],
    [
      say('show.files'),
      joined(
        item.files.map((file) => `${file.path} (${say(`state.${file.state}`)})`),
        '; ',
      ),
    ],
    [say('show.speech'), speechText(item, say)],
    [say('show.steps'), joined(item.steps.map(stepText(say)), '; ')],
    ...recordingRows(item, say),
    [say('show.hash'), item.hash],
  ];
  const known = item.kind === 'picture' ? rows.filter(([label]) => label !== say('show.speech')) : rows;
  return known.map(
    ([label, value]) => [label, value === null ? say('show.none') : printable(value)] as const,
  );
}

/** Moments printed one by one; of a long film, `--json` has the rest. */
const MOMENTS_SHOWN = 40;

/** What a video or a sound has beyond pictures. */
function recordingRows({ recording, moments }: ItemDetails, say: Say): (readonly [string, string | null])[] {
  if (recording === null) return [];
  const { durationMs, videoCodec, framesPerSecond, audio, subtitles } = recording;
  const rate =
    framesPerSecond === null ? '' : ` ${framesPerSecond.toFixed(framesPerSecond % 1 === 0 ? 0 : 2)}/s`;
  const tracks = [
    videoCodec === null ? null : `${videoCodec}${rate}`,
    ...[...audio, ...subtitles].map(({ codec, language }) =>
      language === null ? codec : `${codec} (${language})`,
    ),
  ];
  const timed = moments.filter((moment) => moment.startMs !== null && !moment.superseded);
  const lines = timed.slice(0, MOMENTS_SHOWN).map(({ kind, startMs, endMs, text }) => {
    const words = text === null ? '' : ` ${text}`;
    return `${clock(startMs ?? 0)} – ${clock(endMs ?? startMs ?? 0)} ${kind}${words}`;
  });
  const more = timed.length > lines.length ? [`… ${timed.length}`] : [];
  return [
    [say('show.length'), durationMs === null ? null : clock(durationMs)],
    [say('show.tracks'), joined(tracks, ', ')],
    [say('show.moments'), joined([...lines, ...more], '; ')],
  ];
}

/** The wall clock where it was taken, as far as the file tells. */
function takenText({ utcMs, offsetMinutes, certainty }: Taken, say: Say): string {
  const local = new Date(utcMs + (certainty === 'local' ? 0 : (offsetMinutes ?? 0) * 60_000));
  const sign = (offsetMinutes ?? 0) < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes ?? 0);
  const two = (value: number): string => String(value).padStart(2, '0');
  const zone = certainty === 'local' ? '' : ` ${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${local.toISOString().slice(0, 19).replace('T', ' ')}${zone} (${say(`certainty.${certainty}`)})`;
}

function exposureText({ metadata }: ItemDetails): string | null {
  const { exposureSeconds: seconds, fNumber, iso, focalLengthMm } = metadata;
  const time =
    seconds === null
      ? null
      : seconds < 0.4 && seconds > 0
        ? `1/${Math.round(1 / seconds)} s`
        : `${seconds} s`;
  return joined(
    [
      time,
      fNumber === null ? null : `f/${fNumber}`,
      iso === null ? null : `ISO ${iso}`,
      focalLengthMm === null ? null : `${focalLengthMm} mm`,
    ],
    ', ',
  );
}

function speechText({ speech, transcripts }: ItemDetails, say: Say): string | null {
  const state = speech === null ? null : say(`speech.${speech.state}`);
  const told = transcripts.map(
    ({ source, language }) => `${say(`spoken.${source}`)}${language === null ? '' : ` (${language})`}`,
  );
  const dropped = transcripts.reduce((sum, one) => sum + one.dropped, 0);
  if (dropped > 0) told.push(say('transcribe.dropped', { count: dropped }));
  return joined([state, speech?.reason ?? null, ...told], '; ');
}

const stepText =
  (say: Say) =>
  (step: ItemDetails['steps'][number]): string =>
    `${step.step} ${say(`state.${step.state}`)}${step.reason === null ? '' : ` (${step.reason})`}`;

function joined(parts: readonly (string | null)[], separator: string): string | null {
  const present = parts.filter((part) => part !== null && part !== '');
  return present.length === 0 ? null : present.join(separator);
}
