import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Head } from '#lib/exports/head.ts';
import type { HeaderPlace, ReadingChoice } from '#lib/exports/reading.ts';
import { cellsOf, lineOf } from './cells.ts';
import { linesOf } from './divide.ts';
import { bytesAt, chunksOf } from './file.ts';
import { footerOf } from './footer.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { saved } from './rows.ts';
import { decodedStart } from './text.ts';
import type { TextFile } from './text.ts';
import { asUtf8 } from './transcode.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

/** Bytes at the end of a file that are looked at for what stands behind the table. */
const TAIL = 1 << 16;
/** Lines at the end that may be no records. */
const MOST_BEHIND = 200;

/** A list as a UTF-8 CSV file with one line of headers, and where its table stood. */
export type Table = { path: string; head: Head; header: HeaderPlace; footer: number };

/** Finds the table in a delimited file. Throws what `layoutOf` throws, undecodable. */
export function findLayout(desk: Desk, text: TextFile, choice: ReadingChoice): Layout {
  const whole = text.start.length === text.size;
  return layoutOf(desk.name, decodedStart(desk, text), whole, choice, desk.limits.columns);
}

/**
 * A delimited file as a plain list. One that is in UTF-8, begins with its one line of headers, has nothing behind its
 * table and one kind of line end is taken as it lies; any other is written anew, record by record, each as it stood.
 * `uneven` says that it mixes line ends behind what is looked at here.
 * Throws Refusal header_only, undecodable, unclosed_quote, record_too_long, disk_full, query_cancelled.
 */
export async function plainTable(
  desk: Desk,
  file: TextFile,
  layout: Layout,
  { uneven, onBytes }: { uneven: boolean; onBytes: ((bytes: number) => void) | undefined },
): Promise<Table> {
  const { header, headers, width, delimiter, sample, skip, lineEnds, start } = layout;
  const isPlain =
    !uneven &&
    file.encoding === 'utf-8' &&
    file.isUtf8 &&
    !file.hasEndlessLine &&
    header.first === 0 &&
    header.rows === 1 &&
    start[0]?.length === width &&
    lineEnds.size <= 1 &&
    (await footerAtEnd(desk, file, layout)) === 0;
  const head = { delimiter, columns: width, headers, sample };
  if (isPlain) {
    if (start.length === 1 && file.start.length === file.size)
      throw new Refusal('header_only', { file: desk.name });
    return {
      path: file.path,
      head: { ...head, skip, newline: lineEnds.has('cr') ? 13 : 10 },
      header,
      footer: 0,
    };
  }
  const path = join(desk.folder, 'list.csv');
  const { records, footer } = await rewrite(desk, file, layout, path, onBytes);
  if (records === 0) throw new Refusal('header_only', { file: desk.name });
  const kept = sample.slice(0, records);
  return { path, head: { ...head, sample: kept, skip: 0, newline: 10 }, header, footer };
}

/** How many records stand behind the table, by the last bytes of a file. */
export async function footerAtEnd(desk: Desk, file: TextFile, layout: Layout): Promise<number> {
  if (layout.footer !== undefined) return layout.footer;
  const { width, delimiter } = layout;
  const from = Math.max(file.size - TAIL, 0);
  const bytes = await bytesAt(desk.name, file.path, from - (from % 2), TAIL + 1);
  const text = new TextDecoder(file.encoding).decode(bytes);
  const lines = text.split(/\r\n|\n|\r/).slice(from === 0 ? 0 : 1);
  if (lines.at(-1) === '') lines.pop();
  return footerOf(
    lines.slice(-MOST_BEHIND).map((line) => (line === '' ? [] : cellsOf(line, delimiter))),
    width,
  );
}

async function rewrite(
  desk: Desk,
  file: TextFile,
  layout: Layout,
  path: string,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<{ records: number; footer: number }> {
  const result = { records: 0, footer: 0 };
  const chunks = watched(desk, chunksOf(desk.name, file.path), onBytes);
  const utf8 = asUtf8(chunks, file.encoding, desk.name);
  await saved(tableOf(desk, utf8, layout, result), path);
  return result;
}

async function* watched(desk: Desk, chunks: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void) {
  let read = 0;
  for await (const chunk of chunks) {
    goOn(desk);
    read += chunk.length;
    onBytes?.(read);
    yield chunk;
  }
}

/** The headers in one line, then the records of the table as they stand; the last lines wait until the end is known. */
async function* tableOf(
  desk: Desk,
  utf8: AsyncIterable<Buffer>,
  { delimiter, header, headers, width, footer }: Layout,
  result: { records: number; footer: number },
): AsyncGenerator<Buffer> {
  yield Buffer.from(lineOf(headers, delimiter));
  let before = header.first + header.rows;
  let waiting: Buffer[] = [];
  for await (const { bytes, starts, ends } of linesOf(utf8, delimiter, desk)) {
    const lines: Buffer[] = [];
    for (let at = 0; at < starts.length; at += 1) {
      const line = bytes.subarray(starts[at], ends[at]);
      if (before === 0) lines.push(line);
      else if (line.length > 0) before -= 1;
    }
    const known = [...waiting, ...lines];
    const sure = known.splice(0, Math.max(known.length - Math.max(MOST_BEHIND, footer ?? 0), 0));
    yield written(sure, width, result);
    waiting = known.map((line) => Buffer.from(line));
  }
  const cells = waiting.map((line) =>
    line.length === 0 && width > 1 ? [] : cellsOf(line.toString(), delimiter),
  );
  result.footer = footer ?? footerOf(cells, width);
  let left = result.footer;
  while (left > 0 && waiting.length > 0) if ((waiting.pop()?.length ?? 0) > 0 || width === 1) left -= 1;
  yield written(waiting, width, result);
}

/** Lines as they stand with a line feed behind each; an empty line is a record only where there is one column. */
function written(lines: readonly Buffer[], width: number, result: { records: number }): Buffer {
  const kept = width > 1 ? lines.filter((line) => line.length > 0) : lines;
  result.records += kept.length;
  const bytes = Buffer.allocUnsafe(kept.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of kept) {
    at += line.copy(bytes, at);
    bytes[at] = 10;
    at += 1;
  }
  return bytes;
}
