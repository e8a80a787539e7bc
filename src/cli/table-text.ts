import { visible } from '#lib/exports/visible.ts';
import type { Cell } from '#lib/server/reports/csv.ts';

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const noWidth = /\p{Mark}|\p{Format}/u;

/** Columns that a text takes in a terminal: East Asian characters take two. */
export function widthOf(text: string): number {
  return [...text].reduce(
    (width, character) => width + (noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1),
    0,
  );
}

/** A table for the eye: columns aligned, numbers to the right, no value left empty. */
export function asTable(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(cellText));
  const widths = headers.map((header, at) =>
    Math.max(widthOf(header), ...texts.map((row) => widthOf(row[at] ?? ''))),
  );
  const numeric = headers.map(
    (_, at) =>
      rows.some((row) => isNumber(row[at])) && rows.every((row) => row[at] === null || isNumber(row[at])),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, numeric[at] ?? false))
      .join('  ')
      .trimEnd();
  return (
    [line(headers), line(widths.map((width) => '─'.repeat(width))), ...texts.map(line)].join('\n') + '\n'
  );
}

const isNumber = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell));

function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'number' && !Number.isInteger(cell)) return String(Number(cell.toPrecision(6)));
  return visible(String(cell).replace(/\s+/g, ' '));
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(width - widthOf(text), 0));
  return right ? blanks + text : text + blanks;
}
