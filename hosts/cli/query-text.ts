// Runs in the command line: words and flags of `search` as one query.
import { texts, type Call } from './command.ts';

/** Flags are another way to write filters: they are put behind the words as such. */
export function queryText({ args, options }: Pick<Call, 'args' | 'options'>): string {
  const filters = [
    ...texts(options['before']).map((date) => ['before', date]),
    ...texts(options['after']).map((date) => ['after', date]),
    ...texts(options['folder']).map((name) => ['in', name]),
    ...texts(options['camera']).map((name) => ['camera', name]),
    ...texts(options['rating']).map((stars) => ['rating', stars]),
  ];
  const written = filters.map(([key = '', value = '']) => {
    const plain = value.replaceAll('"', '').trim();
    return /\s/.test(plain) ? `${key}:"${plain}"` : `${key}:${plain}`;
  });
  return [...args, ...written].join(' ');
}
