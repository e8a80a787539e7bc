import { dateText, numberText } from './cell-text.ts';
import type { Limits } from './limits.ts';
import type { Elements } from './xml.ts';

/** What the cells of a sheet refer to. */
export type Shared = { texts: readonly string[]; isDate: readonly boolean[]; from1904: boolean };

type Cell = { column: number; type: string; isDate: boolean; text: string };

/** A sheet that has more columns than any list. */
export class TooWide extends Error {}

/** A row that holds more text than any record. */
export class TooLong extends Error {
  readonly row: number;

  constructor(row: number) {
    super(`row ${row}`);
    this.row = row;
  }
}

/**
 * Reads the cells of a sheet into rows of texts, each as long as it is filled: whoever takes rows out of `rows` keeps it
 * short. Empty rows have no cells, and several of them in succession are one. Throws TooWide where a cell stands behind
 * the last of the columns, TooLong where a row has more characters than a record may have bytes.
 */
export function rowElements(
  rows: string[][],
  shared: Shared,
  { columns, record }: Pick<Limits, 'columns' | 'record'>,
): Elements {
  let row: string[] = [];
  let length = 0;
  let wasEmpty = false;
  let number = 0;
  let cell: Cell | null = null;
  let inValue = false;
  let inSound = false;

  return {
    open: (name, attribute) => {
      if (name === 'row') {
        const given = Number(attribute('r') ?? number + 1);
        if (given > number + 1) endRow([]);
        number = given;
        row = [];
        length = 0;
      } else if (name === 'c') {
        const place = attribute('r');
        const isDate = shared.isDate[Number(attribute('s') ?? 0)] ?? false;
        const column = place === undefined ? row.length : columnOf(place);
        cell = { column, type: attribute('t') ?? 'n', isDate, text: '' };
      } else if (name === 'v' || name === 't') inValue = true;
      else if (name === 'rPh') inSound = true;
    },
    text: (piece) => {
      if (cell === null || !inValue || inSound) return;
      cell.text += piece;
      if (cell.text.length > record) throw new TooLong(number);
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') inSound = false;
      else if (name === 'c' && cell !== null) {
        const text = textOf(cell, shared);
        if (text !== '') put(cell.column, text);
        cell = null;
      } else if (name === 'row') endRow(row);
    },
  };

  function put(column: number, text: string): void {
    if (column >= columns) throw new TooWide();
    length += text.length;
    if (length > record) throw new TooLong(number);
    while (row.length < column) row.push('');
    row[column] = text;
  }

  function endRow(cells: string[]): void {
    const isEmpty = cells.every((text) => text.trim() === '');
    if (!isEmpty) rows.push(cells);
    else if (!wasEmpty) rows.push([]);
    wasEmpty = isEmpty;
  }
}

/** The column of a place such as `AB12`, counted from 0. */
function columnOf(place: string): number {
  const letters = /^[A-Z]+/i.exec(place)?.[0].toUpperCase() ?? 'A';
  return [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function textOf({ type, text, isDate }: Cell, { texts, from1904 }: Shared): string {
  switch (type) {
    case 's':
      return unescaped(texts[Number(text)] ?? '');
    case 'b':
      return text === '1' ? 'true' : text === '0' ? 'false' : text;
    case 'n':
      if (text.trim() === '') return '';
      return (isDate ? dateText(Number(text), from1904) : null) ?? numberText(text.trim());
    default:
      return unescaped(text);
  }
}

/** Characters that XML cannot hold are written as `_x000D_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
