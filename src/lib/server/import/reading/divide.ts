import { Refusal } from '#lib/errors/refusal.ts';
import { nextByte, quotesIn } from '../quotes.ts';
import type { Desk } from './watch.ts';

const LF = 10;
const CR = 13;

/** Lines that stand together in memory: line i is `bytes` from `starts[i]` to `ends[i]`; empty ones are there too. */
export type Lines = { bytes: Buffer; starts: number[]; ends: number[]; lineEnds: Set<LineEnd> };

export type LineEnd = 'lf' | 'crlf' | 'cr';

/**
 * Divides UTF-8 text into the lines of a list: any line end divides, also where a file mixes them, but none inside
 * quotation marks. A quotation mark counts where a field begins, also after one blank.
 * Throws Refusal unclosed_quote, record_too_long.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
  desk: Pick<Desk, 'name' | 'limits'>,
): AsyncGenerator<Lines> {
  let carry: Buffer = Buffer.alloc(0);
  let row = 0;
  for await (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const { used, open, ...lines } = divide(bytes, delimiter, false);
    yield lines;
    row += lines.starts.length;
    carry = bytes.subarray(used);
    if (carry.length > desk.limits.record) throw tooLong(desk.name, row, open);
  }
  const { used, open, ...lines } = divide(carry, delimiter, true);
  if (used < carry.length) throw tooLong(desk.name, row + lines.starts.length, open);
  yield lines;
}

function tooLong(file: string, before: number, open: boolean): Refusal {
  const row = before + 1;
  return open ? new Refusal('unclosed_quote', { file, row }) : new Refusal('record_too_long', { file, row });
}

/**
 * The lines that end within `bytes`, and with `last` also the one that the end of the file ends. `used` is where the
 * first unfinished one begins; `open` says that a quotation mark is open there.
 */
export function divide(
  bytes: Buffer,
  delimiter: string,
  last: boolean,
): Lines & { used: number; open: boolean } {
  const starts: number[] = [];
  const ends: number[] = [];
  const lineEnds = new Set<LineEnd>();
  const quotes = quotesIn(bytes, delimiter, last);
  let open = false;
  let from = 0;
  let quote = quotes.next(0);
  let lf = nextByte(bytes, LF, 0);
  let cr = nextByte(bytes, CR, 0);

  while (from < bytes.length) {
    const end = endOfLine(from);
    if (end === undefined) break;
    const isPair = bytes[end] === CR && bytes[end + 1] === LF;
    if (bytes[end] === CR && end + 1 === bytes.length && !last) break;
    starts.push(from);
    ends.push(end);
    if (end < bytes.length) lineEnds.add(isPair ? 'crlf' : bytes[end] === CR ? 'cr' : 'lf');
    from = Math.min(end + (isPair ? 2 : 1), bytes.length);
  }
  return { bytes, starts, ends, lineEnds, used: from, open };

  function endOfLine(start: number): number | undefined {
    seek(start);
    if (quote < start) quote = quotes.next(start);
    while (quote < Math.min(lf, cr)) {
      if (!quotes.opensAField(quote, start)) {
        quote = quotes.next(quote + 1);
        continue;
      }
      const close = quotes.closing(quote + 1);
      if (close === undefined) {
        open = true;
        return undefined;
      }
      seek(close + 1);
      quote = quotes.next(close + 1);
    }
    const end = Math.min(lf, cr);
    return end < bytes.length || last ? end : undefined;
  }

  function seek(at: number): void {
    if (lf < at) lf = nextByte(bytes, LF, at);
    if (cr < at) cr = nextByte(bytes, CR, at);
  }
}
