import { isAscii, isUtf8 } from 'node:buffer';
import { Refusal } from '#lib/errors/refusal.ts';
import { encodings } from '#lib/exports/reading.ts';
import type { Encoding } from '#lib/exports/reading.ts';
import { likelyEncodings } from './encoding.ts';
import { chunksOf } from './file.ts';
import { markOf, wideOf } from './marks.ts';
import { decoded } from './transcode.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

const LOOKED_AT = 1 << 18;
const WINDOW = 1 << 14;
const MOST_WINDOWS = 16;

/** What one pass over all bytes of a file tells about its encoding. */
export type Survey = {
  isUtf8: boolean;
  hasZeros: boolean;
  /** Whether some line is longer than any record may be. */
  hasEndlessLine: boolean;
  /** The first bytes. */
  start: Buffer;
  /** Lines that are not all ASCII, from all over the file. */
  sample: Buffer;
};

/** Reads a file once. `onBytes` is told how far; it may throw to stop. */
export async function survey(desk: Desk, path: string, onBytes?: (bytes: number) => void): Promise<Survey> {
  let start: Buffer = Buffer.alloc(0);
  let carry: Buffer = Buffer.alloc(0);
  let fits = true;
  let hasZeros = false;
  let hasEndlessLine = false;
  let sinceEnd = 0;
  let read = 0;
  const windows: Buffer[] = [];
  for await (const chunk of chunksOf(desk.name, path)) {
    goOn(desk);
    if (start.length < LOOKED_AT) start = Buffer.concat([start, chunk.subarray(0, LOOKED_AT - start.length)]);
    hasZeros ||= chunk.includes(0);
    const lastEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13));
    sinceEnd = lastEnd === -1 ? sinceEnd + chunk.length : chunk.length - lastEnd;
    hasEndlessLine ||= sinceEnd > desk.limits.record;
    if (fits) {
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      const whole = bytes.length - unfinished(bytes);
      fits = isUtf8(bytes.subarray(0, whole));
      carry = bytes.subarray(whole);
    }
    if (windows.length < MOST_WINDOWS && !isAscii(chunk)) windows.push(windowOf(chunk, read > 0));
    read += chunk.length;
    onBytes?.(read);
  }
  return {
    isUtf8: fits && carry.length === 0,
    hasZeros,
    hasEndlessLine,
    start,
    sample: Buffer.concat(windows),
  };
}

/** How many bytes at the end belong to a UTF-8 character that goes on behind them. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/**
 * Whole lines around the first byte outside ASCII: no character of any encoding here holds a line feed. A piece from
 * within a file may begin in the middle of a character.
 */
function windowOf(piece: Buffer, isWithin: boolean): Buffer {
  const chunk = isWithin ? piece.subarray(piece.indexOf(10) + 1) : piece;
  const high = Math.max(
    chunk.findIndex((byte) => byte >= 0x80),
    0,
  );
  const from = chunk.lastIndexOf(10, high) + 1;
  const cut = chunk.subarray(from, from + WINDOW);
  const end = cut.lastIndexOf(10) + 1;
  return end > high - from ? cut.subarray(0, end) : cut;
}

/**
 * The encoding of a text file: its byte-order mark, zeros in every second byte, UTF-8 where all bytes fit, else the
 * likeliest. `knownHeaders` counts known headers in a text. Throws Refusal not_text.
 */
export function encodingOf(
  { isUtf8: fits, hasZeros, start, sample }: Survey,
  file: string,
  knownHeaders: (text: string) => number,
): Encoding {
  const mark = markOf(start);
  if (mark !== null) return mark.encoding;
  const wide = hasZeros ? wideOf(start) : null;
  if (wide !== null) return wide;
  if (isMostlyControl(start)) throw new Refusal('not_text', { file });
  if (fits) return 'utf-8';
  const headers = start.subarray(0, WINDOW);
  const [best] = likelyEncodings(Buffer.concat([sample, Buffer.from('\n')]), (encoding) =>
    knownHeaders(decoded(headers, encoding, false) ?? ''),
  );
  return best?.encoding ?? 'windows-1252';
}

/** The encodings that can read what was seen of a file, for a person to choose from. */
export function possibleEncodings({ isUtf8: fits, hasZeros, start, sample }: Survey): Encoding[] {
  const seen = sample.length === 0 ? start : sample;
  return encodings.filter((encoding) => {
    if (encoding === 'utf-8') return fits;
    if (encoding.startsWith('utf-16') !== hasZeros) return false;
    return decoded(seen, encoding, false) !== undefined;
  });
}

function isMostlyControl(bytes: Buffer): boolean {
  const controls = bytes.filter((byte) => byte < 0x20 && ![9, 10, 12, 13, 0x1a, 0x1b].includes(byte));
  return controls.length > bytes.length / 50;
}
