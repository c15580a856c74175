// Runs in the command line: rows of values as a table of text. Serves `eval` and `bench`.
import { columnsOf } from './text.ts';

export type Cell = string | number | null;

/** Digits after the point that a person reads at a glance; whole numbers stay whole. */
function written(cell: Cell): string {
  if (cell === null) return '-';
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return String(cell);
  return cell.toFixed(Math.abs(cell) < 10 ? 2 : 1);
}

/** The rows with a head, each column as wide as its widest cell; columns of numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows.map((row) => row.map(written))];
  const right = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)));
          return right[column] === true ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
