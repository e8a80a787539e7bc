const SPACE = 32;
const QUOTE = 34;

/** The quotation marks of a piece of a list, as DuckDB reads them. Places are bytes from the piece's beginning. */
export type Quotes = {
  /** The place of the next mark, or the end of the piece. */
  next(from: number): number;
  /** Whether the mark at a place begins a field of the record that starts at `start`. */
  opensAField(at: number, start: number): boolean;
  /** The mark that closes a field, searched from behind the one that opened it; undefined where the piece ends before. */
  closing(after: number): number | undefined;
};

/** `delimiter` divides fields; `last` says that nothing follows the piece. */
export function quotesIn(bytes: Buffer, delimiter: string, last: boolean): Quotes {
  const separator = delimiter.charCodeAt(0);
  const next = (from: number) => nextByte(bytes, QUOTE, from);
  return {
    next,
    // One blank may stand between the delimiter and the mark.
    opensAField: (at, start) => {
      if (at === start || bytes[at - 1] === separator) return true;
      return bytes[at - 1] === SPACE && (at - 1 === start || bytes[at - 2] === separator);
    },
    closing: (after) => {
      for (let at = next(after); at < bytes.length; at = next(at + 2)) {
        if (at + 1 === bytes.length && !last) return undefined;
        if (bytes[at + 1] !== QUOTE) return at;
      }
      return undefined;
    },
  };
}

/** The place of the next such byte, or the end. */
export function nextByte(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? bytes.length : at;
}
