import { Refusal } from '#lib/errors/refusal.ts';
import type { Encoding } from '#lib/exports/reading.ts';
import { markOf } from './marks.ts';

type Decoder = { decode(bytes?: Uint8Array): string };

/** A decoder that keeps half a character for the next piece and throws where bytes are none. */
function decoderOf(encoding: Encoding): Decoder {
  if (encoding === 'latin1')
    return { decode: (bytes) => Buffer.from(bytes ?? Buffer.alloc(0)).toString('latin1') };
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return { decode: (bytes) => decoder.decode(bytes, { stream: bytes !== undefined }) };
}

/**
 * A sample as text, undefined where it is not of that encoding. A character that the end of the sample cuts is left out
 * unless `whole`.
 */
export function decoded(bytes: Uint8Array, encoding: Encoding, whole: boolean): string | undefined {
  try {
    const decoder = decoderOf(encoding);
    const text = decoder.decode(bytes);
    return whole ? text + decoder.decode() : text;
  } catch {
    return undefined;
  }
}

/**
 * Bytes of any encoding as UTF-8 without a byte-order mark, piece by piece.
 * Throws Refusal undecodable with the line where the encoding ends to fit, not_text where a zero is a character.
 */
export async function* asUtf8(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  file: string,
): AsyncGenerator<Buffer> {
  const decoder = decoderOf(encoding);
  let line = 1;
  let pieces = 0;
  let before: Buffer = Buffer.alloc(0);
  const step = (bytes?: Buffer): Buffer => {
    try {
      return Buffer.from(decoder.decode(bytes));
    } catch (error) {
      throw new Refusal(
        'undecodable',
        { file, encoding, row: line + linesBeforeFault(before, encoding, pieces > 1) },
        error,
      );
    }
  };
  for await (const chunk of chunks) {
    pieces += 1;
    const mark = pieces === 1 ? markOf(chunk) : null;
    const bytes = mark?.encoding === encoding ? chunk.subarray(mark.length) : chunk;
    before = bytes;
    const text = step(bytes);
    if (text.includes(0)) throw new Refusal('not_text', { file });
    line += newlines(text);
    yield text;
  }
  before = Buffer.alloc(0);
  yield step();
}

function newlines(text: Buffer): number {
  let found = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) found += 1;
  return found;
}

/** How many lines end before the first bytes that are no characters; with `cut` the piece begins within a character. */
export function linesBeforeFault(bytes: Buffer, encoding: Encoding, cut: boolean): number {
  if (encoding === 'latin1') return 0;
  const text = new TextDecoder(encoding).decode(bytes);
  const from = cut ? (/^\ufffd*/.exec(text)?.[0].length ?? 0) : 0;
  const fault = text.indexOf('\ufffd', from);
  return fault === -1 ? 0 : newlines(Buffer.from(text.slice(0, fault)));
}
