// Runs in the command line: `transcribe` tells what is said in one file.
import { resolve } from 'node:path';
import type { SpokenEvent } from '../../../contract/index.ts';
import type { Run } from '../command.ts';
import { withEngine } from '../engine-session.ts';
import { clock, printable } from '../text.ts';

type Sentence = Extract<SpokenEvent, { event: 'sentence' }>;

export const run: Run = (call) =>
  withEngine(call, async ({ client }) => {
    const format = forms[(call.options['format'] as keyof typeof forms | undefined) ?? 'text'];
    const path = resolve(call.args[0] ?? '');
    if (format.head !== '') call.output.line(format.head);
    let number = 0;
    for await (const event of await client.speech.transcribe({ path }, { signal: call.signal })) {
      call.output.object(event);
      if (event.event === 'sentence') call.output.line(format.sentence(event, ++number));
      else if (event.dropped > 0) call.output.note(call.say('transcribe.dropped', { count: event.dropped }));
    }
  });

/** How a transcript is written; `text` has a time before each line. */
const forms = {
  text: {
    head: '',
    sentence: ({ startMs, text }: Sentence) =>
      startMs === null ? printable(text) : `${clock(startMs)}  ${printable(text)}`,
  },
  srt: {
    head: '',
    sentence: (one: Sentence, number: number) =>
      `${number}\n${stamp(one.startMs ?? 0, ',')} --> ${stamp(one.endMs ?? 0, ',')}\n${printable(one.text)}\n`,
  },
  vtt: {
    head: 'WEBVTT\n',
    sentence: (one: Sentence) =>
      `${stamp(one.startMs ?? 0, '.')} --> ${stamp(one.endMs ?? 0, '.')}\n${printable(one.text)}\n`,
  },
} as const;

/** Milliseconds as hh:mm:ss and a fraction of three digits after the given point. */
function stamp(ms: number, point: string): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = String(Math.round(ms) % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${rest}`;
}
