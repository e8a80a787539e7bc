import type { ReadingChoice } from '#lib/exports/reading.ts';
import { knownHeaders } from '#lib/exports/recognise.ts';
import { findLayout } from './delimited.ts';
import type { TextFile } from './delimited.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { encodingOf, survey } from './survey.ts';
import type { Survey } from './survey.ts';
import type { Desk } from './watch.ts';

/** A text file that has been gone through once: its encoding and its layout. */
export type ReadText = { seen: Survey; text: TextFile; layout: Layout };

/** Finds out how a text file is written. Throws Refusal not_text and what `layoutOf` throws. */
export async function readText(
  desk: Desk,
  { path, size }: { path: string; size: number },
  choice: ReadingChoice,
): Promise<ReadText> {
  const seen = await survey(desk, path);
  const headers = (text: string) => headersIn(text, choice);
  const encoding = choice.encoding ?? encodingOf(seen, desk.name, headers);
  const text = { path, size, start: seen.start, encoding, isUtf8: seen.isUtf8 };
  return { seen, text, layout: findLayout(desk, text, choice) };
}

/** How many known headers a text has where it is laid out best; none where it has no layout. */
function headersIn(text: string, choice: ReadingChoice): number {
  try {
    return knownHeaders(layoutOf('', Buffer.from(text), false, choice).headers);
  } catch {
    return 0;
  }
}
