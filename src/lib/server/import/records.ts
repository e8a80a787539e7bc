import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { nextByte, quotesIn } from './quotes.ts';

const LF = 10;
const CR = 13;
const BOM = Buffer.from('\ufeff');
const CHUNK = 1 << 20;
/** A record longer than this is a quotation mark that was never closed. */
const LONGEST_RECORD = 8 << 20;

/** How a file is divided into records. `newline` is 13 in files that end lines with a bare carriage return. */
export type Division = { delimiter: string; newline: 10 | 13; columns: number };

/** Records that stand together in memory: record `first + i` (0 is the header) is `bytes` from `starts[i]` to `ends[i]`. */
export type Page = { first: number; offset: number; bytes: Buffer; starts: number[]; ends: number[] };

/**
 * Reads a file from end to end and divides it into records: the reader that checks the one that loads.
 * Line ends inside quotation marks do not divide, empty lines are no records (a file of one column keeps them).
 * Throws Refusal not_utf8, unclosed_quote. `onBytes` sees every byte once.
 */
export async function* pagesOf(
  path: string,
  name: string,
  division: Division,
  onBytes?: (bytes: Buffer) => void,
): AsyncGenerator<Page> {
  const file = await open(path);
  let carry: Buffer = Buffer.alloc(0);
  let first = 0;
  let offset = 0;
  try {
    for (let last = false; !last;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const { bytesRead } = await file.read(chunk, 0, CHUNK);
      const fresh = chunk.subarray(0, bytesRead);
      last = bytesRead === 0;
      onBytes?.(fresh);
      const bytes = carry.length === 0 ? fresh : Buffer.concat([carry, fresh]);
      const { starts, ends, used } = divide(bytes, division, {
        atStart: first === 0,
        skip: offset === 0 ? bomLength(bytes) : 0,
        last,
      });
      const page = { first, offset, bytes, starts, ends };
      if (!isUtf8(bytes.subarray(0, used)))
        throw new Refusal('not_utf8', { file: name, row: first + firstInvalid(page) + 1 });
      carry = bytes.subarray(used);
      if (carry.length > LONGEST_RECORD || (last && carry.length > 0))
        throw new Refusal('unclosed_quote', { file: name, row: first + starts.length + 1 });
      yield page;
      first += starts.length;
      offset += used;
    }
  } finally {
    await file.close();
  }
}

/**
 * Counts the records after the header and hashes the file (SHA-256, hexadecimal). `onPage` is told after each page how
 * many bytes and records have been read; it may throw to stop.
 */
export async function countRecords(
  path: string,
  name: string,
  division: Division,
  onPage?: (bytes: number, records: number) => void,
): Promise<{ records: number; hash: string }> {
  const hash = createHash('sha256');
  let records = 0;
  let read = 0;
  const onBytes = (bytes: Buffer) => {
    hash.update(bytes);
    read += bytes.length;
  };
  for await (const page of pagesOf(path, name, division, onBytes)) {
    records += page.starts.length;
    onPage?.(read, Math.max(records - 1, 0));
  }
  return { records: Math.max(records - 1, 0), hash: hash.digest('hex') };
}

const bomLength = (bytes: Buffer): number => (bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0);

const firstInvalid = ({ bytes, starts, ends }: Page): number =>
  starts.findIndex((start, at) => !isUtf8(bytes.subarray(start, ends[at])));

type Place = { atStart: boolean; skip: number; last: boolean };

/** Finds the records that end within `bytes`; `used` is where the first unfinished one begins. */
function divide(bytes: Buffer, { delimiter, newline, columns }: Division, { atStart, skip, last }: Place) {
  const starts: number[] = [];
  const ends: number[] = [];
  const quotes = quotesIn(bytes, delimiter, last);
  let from = skip;
  let quote = quotes.next(from);

  while (from < bytes.length) {
    const end = endOfRecord(from);
    if (end === undefined) break;
    const to = newline === LF && end > from && bytes[end - 1] === CR ? end - 1 : end;
    const keepsEmpty = columns === 1 && !(atStart && starts.length === 0);
    if (to > from || keepsEmpty) {
      starts.push(from);
      ends.push(to);
    }
    from = Math.min(end + 1, bytes.length);
  }
  return { starts, ends, used: from };

  function endOfRecord(start: number): number | undefined {
    let line = nextByte(bytes, newline, start);
    if (quote < start) quote = quotes.next(start);
    while (quote < line) {
      if (quotes.opensAField(quote, start)) {
        const close = quotes.closing(quote + 1);
        if (close === undefined) return undefined;
        if (line < close) line = nextByte(bytes, newline, close + 1);
        quote = quotes.next(close + 1);
      } else quote = quotes.next(quote + 1);
    }
    if (line < bytes.length) return line;
    return last ? bytes.length : undefined;
  }
}
