import type { Encoding } from '#lib/exports/reading.ts';

const MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
  { encoding: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
] as const satisfies readonly { encoding: Encoding; bytes: readonly number[] }[];

/** The encoding that a byte-order mark names, and the length of the mark. */
export function markOf(bytes: Uint8Array): { encoding: Encoding; length: number } | null {
  const mark = MARKS.find((one) => one.bytes.every((byte, at) => bytes[at] === byte));
  return mark === undefined ? null : { encoding: mark.encoding, length: mark.bytes.length };
}

/**
 * UTF-16 without a mark: letters, digits and line ends give zeros in every second byte. Null where there are too few, or
 * where no line end comes out.
 */
export function wideOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < bytes.length / 40 || Math.min(even, odd) > Math.max(even, odd) / 10) return null;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  return /[\r\n]/.test(new TextDecoder(encoding).decode(bytes)) ? encoding : null;
}
