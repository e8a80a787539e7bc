/** The cells of one record: quotation marks around a cell are taken off, doubled ones in it become one. */
export function cellsOf(record: string, delimiter: string): string[] {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  let from = 0;
  for (;;) {
    const opening = record[from] === ' ' && record[from + 1] === '"' ? from + 1 : from;
    const close = record[opening] === '"' ? closing(record, opening + 1) : -1;
    const cut = record.indexOf(delimiter, close === -1 ? from : close + 1);
    const end = cut === -1 ? record.length : cut;
    cells.push(
      close === -1
        ? record.slice(from, end)
        : record.slice(opening + 1, close).replaceAll('""', '"') + record.slice(close + 1, end),
    );
    if (cut === -1) return cells;
    from = cut + delimiter.length;
  }
}

function closing(record: string, after: number): number {
  for (let at = record.indexOf('"', after); at !== -1; at = record.indexOf('"', at + 2))
    if (record[at + 1] !== '"') return at;
  return -1;
}

/**
 * Cells as a line of a UTF-8 CSV file, its end included. A single empty cell is quoted, so that the line is a record.
 * Zeros are no text anywhere and are left out.
 */
export function lineOf(given: readonly string[], delimiter: string): string {
  const cells = given.map((cell) => (cell.includes('\0') ? cell.replaceAll('\0', '') : cell));
  if (cells.length === 1 && cells[0] === '') return '""\n';
  return `${cells.map((cell) => (needsQuotes(cell, delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;
}

const needsQuotes = (cell: string, delimiter: string): boolean =>
  cell.includes(delimiter) || /["\r\n]|^ | $/.test(cell);
