import { Refusal } from '#lib/errors/refusal.ts';
import type { Encoding, ReadingChoice } from '#lib/exports/reading.ts';
import { knownHeaders } from '#lib/exports/known-headers.ts';
import { layoutOf } from './layout.ts';
import { markOf } from './marks.ts';
import { encodingOf, survey } from './survey.ts';
import type { Survey } from './survey.ts';
import { decoded, linesBeforeFault } from './transcode.ts';
import type { Desk } from './watch.ts';

/** A text file with its encoding. `start` are its first bytes. */
export type TextFile = { path: string; size: number; encoding: Encoding } & Pick<
  Survey,
  'start' | 'isUtf8' | 'hasEndlessLine'
>;

/** Goes through a text file once and finds out its encoding. Throws Refusal not_text. */
export async function textFile(
  desk: Desk,
  { path, size }: { path: string; size: number },
  choice: ReadingChoice,
  onBytes?: (bytes: number) => void,
): Promise<{ seen: Survey; text: TextFile }> {
  const seen = await survey(desk, path, onBytes);
  const encoding = choice.encoding ?? encodingOf(seen, desk.name, (text) => headersIn(text, choice));
  if (seen.hasZeros && !encoding.startsWith('utf-16')) throw new Refusal('not_text', { file: desk.name });
  return { seen, text: { ...seen, path, size, encoding } };
}

/** The first bytes of a text file in UTF-8, without a byte-order mark. Throws Refusal undecodable. */
export function decodedStart({ name }: Desk, { size, start, encoding }: TextFile): Buffer {
  const mark = markOf(start);
  const bytes = start.subarray(mark?.encoding === encoding ? mark.length : 0);
  const text = decoded(bytes, encoding, start.length === size);
  if (text !== undefined) return Buffer.from(text);
  throw new Refusal('undecodable', {
    file: name,
    encoding,
    row: linesBeforeFault(bytes, encoding, false) + 1,
  });
}

/** How many known headers a text has where it is laid out best; none where it has no layout. */
function headersIn(text: string, choice: ReadingChoice): number {
  try {
    return knownHeaders(layoutOf('', Buffer.from(text), false, choice, Infinity).headers);
  } catch {
    return 0;
  }
}
