// Runs on the engine's thread: a transcript as the text of a file that other programs read.
import type { TranscriptFormat, TranscriptLine } from '../../contract/index.ts';

/** Two lines that follow each other within less are one paragraph of plain text. */
const PARAGRAPH_GAP_MS = 2_500;

/**
 * `srt`: SubRip; `vtt`: WebVTT (https://www.w3.org/TR/webvtt1/); `txt`: what is said and nothing else, a
 * blank line where there is a pause.
 */
export function transcriptText(lines: readonly TranscriptLine[], format: TranscriptFormat): string {
  if (format === 'srt')
    return lines
      .map((line, at) => `${at + 1}\n${span(line, ',')}\n${withoutBlankLines(line.text)}\n`)
      .join('\n');
  if (format === 'vtt')
    return `WEBVTT\n\n${lines.map((line) => `${span(line, '.')}\n${escaped(withoutBlankLines(line.text))}\n`).join('\n')}`;
  return lines
    .map((line, at) => {
      const before = lines[at - 1];
      const pause = before !== undefined && line.startMs - before.endMs >= PARAGRAPH_GAP_MS;
      return `${pause ? '\n' : ''}${withoutBlankLines(line.text)}\n`;
    })
    .join('');
}

function span({ startMs, endMs }: TranscriptLine, point: ',' | '.'): string {
  return `${clock(startMs, point)} --> ${clock(Math.max(startMs, endMs), point)}`;
}

/** `01:02:03.450`: hours always stand, as SubRip wants them. */
function clock(ms: number, point: ',' | '.'): string {
  const whole = Math.max(0, Math.round(ms));
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(whole / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${String(whole % 1000).padStart(3, '0')}`;
}

/** A blank line ends a cue in both formats. */
const withoutBlankLines = (text: string): string =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
