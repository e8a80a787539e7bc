const MIB = 1 << 20;

/** How far a file may go before it is refused instead of read. Sizes are bytes. */
export type Limits = {
  /** What may come out of one packed file. */
  unpacked: number;
  /** How many bytes may come out of each packed byte, once more than `trusted` have come out. */
  ratio: number;
  trusted: number;
  /** How many files an archive may hold. */
  members: number;
  /** What the parts of a workbook may take once they are unpacked. */
  workbook: number;
  /** The cells of a sheet, empty ones among them: its rows × its columns; and the characters that stand in it. */
  cells: number;
  characters: number;
  /** The longest record; a longer one is a quotation mark that was never closed, or no list. */
  record: number;
  /** The most columns of a list; workbooks end at 16,384, and nobody's list comes near. */
  columns: number;
};

export const limits: Limits = {
  unpacked: 32 * 1024 * MIB,
  ratio: 250,
  trusted: 64 * MIB,
  members: 2000,
  workbook: 256 * MIB,
  cells: 64 * MIB,
  characters: 2048 * MIB,
  record: 8 * MIB,
  columns: 2000,
};
