import { footerOf } from './footer.ts';

/** Rows as they come, each as long as it is filled; empty ones have no cells. */
export type Rows = AsyncIterable<string[][]>;

/**
 * What was seen of a sheet, however long it is: how many rows are filled, its widest row, its first filled rows and its
 * last ones, empty ones among those, all as wide as it.
 */
export type SheetSeen = { name: string; filled: number; width: number; start: string[][]; end: string[][] };

const LOOKED_AT = 500;
const MOST_BEHIND = 200;

/** Goes through the rows of a sheet and keeps what tells where its table lies; `tell` is asked how large it may become. */
export async function seenOf(
  name: string,
  rows: Rows,
  tell: (size: { filled: number; width: number; characters: number }) => void,
): Promise<SheetSeen> {
  const size = { filled: 0, width: 0, characters: 0 };
  const start: string[][] = [];
  let end: string[][] = [];
  for await (const some of rows) {
    for (const row of some) {
      if (row.length === 0) continue;
      size.filled += 1;
      size.width = Math.max(size.width, row.length);
      size.characters += row.reduce((sum, text) => sum + text.length, 0);
      if (start.length < LOOKED_AT) start.push(row);
    }
    tell(size);
    end = [...end, ...some.slice(-MOST_BEHIND - 1)].slice(-MOST_BEHIND - 1);
  }
  const last = end.findLastIndex((row) => row.length > 0) + 1;
  const { filled, width } = size;
  const wide = (row: string[]) => (row.length === 0 ? row : widened(row, width));
  return {
    name,
    filled,
    width,
    start: start.map(wide),
    end: end.slice(0, last).slice(-MOST_BEHIND).map(wide),
  };
}

/** How many of the last rows of a sheet are no records of a table that is so wide. */
export const footerIn = ({ end }: SheetSeen, width: number): number => footerOf(end, width);

/** The filled rows of a sheet from one to before another, all of one width. */
export async function* recordsIn(rows: Rows, from: number, to: number, width: number) {
  let at = 0;
  for await (const some of rows)
    for (const row of some) {
      if (row.length === 0) continue;
      if (at >= to) return;
      if (at >= from) yield widened(row, width);
      at += 1;
    }
}

const widened = (row: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, at) => row[at] ?? '');
