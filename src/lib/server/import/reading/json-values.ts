const code = (character: string): number => character.charCodeAt(0);

/** The characters that JSON is built of, by their codes. */
export const sign = {
  quote: code('"'),
  slash: code('\\'),
  open: code('{'),
  close: code('}'),
  begin: code('['),
  end: code(']'),
  comma: code(','),
  colon: code(':'),
} as const;

export const isBlank = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

/** The place of the quotation mark that ends a string, or the end. */
export function stringEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(sign.quote, from); at !== -1; at = bytes.indexOf(sign.quote, at + 1)) {
    let slashes = 0;
    while (bytes[at - 1 - slashes] === sign.slash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return bytes.length;
}

/** What a name means as it stands between its quotation marks. */
export function nameOf(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}

/** Where the value that begins at `from` ends; null where that is not known yet. */
export function valueEnd(bytes: Buffer, from: number): number | null {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === sign.quote) {
      at = stringEnd(bytes, at + 1);
      if (at >= bytes.length) return null;
    } else if (byte === sign.open || byte === sign.begin) depth += 1;
    else if ((byte === sign.close || byte === sign.end) && depth > 0) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === sign.comma || byte === sign.end)) return at;
  }
  return null;
}
