import { readFile } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { mendedRecords, mendingCsv, problemText } from '#lib/server/import/mending-file.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';
import { whoAsks } from './who-asks.ts';

/** Records of one page: what one request may bring back mended. */
const SIZE = 5000;

/** The rejected records of a batch that nobody has mended yet; as CSV to be mended in a spreadsheet. */
export async function quarantineCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['page']);
  const [batch, ...rest] = given.words;
  if (batch === undefined || rest.length > 0) throw new Refusal('usage', { detail: 'quarantine BATCH' });
  const text = single(given, 'page') ?? '1';
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Refusal('bad_number', { name: 'page', value: text });
  const page = Number(text);
  const { headers, records, open } = await doAt(place, { kind: 'quarantine', batch, page, size: SIZE });
  const messages =
    page * SIZE < open
      ? [word(locale, 'command.more_open', { shown: records.length, open, next: page + 1 })]
      : [];
  if (format === 'json') return { out: `${JSON.stringify({ headers, open, records }, null, 2)}\n`, messages };
  if (format === 'csv') return { out: mendingCsv(locale, headers, records), messages };
  const titles = ['mending.record', 'mending.problem'].map((key) => word(locale, key));
  const rows = records.map((record) => [
    record.line,
    visible(problemText(locale, headers, record)),
    ...record.cells.map((cell) => visible(cell ?? '')),
  ]);
  return { out: asTable([...titles, ...headers.map(visible)], rows), messages };
}

/** Brings records in that were mended in the file that `quarantine` wrote. */
export async function mendCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, []);
  const [batch, file, ...rest] = given.words;
  if (batch === undefined || file === undefined || rest.length > 0)
    throw new Refusal('usage', { detail: 'mend BATCH FILE' });
  const text = await textOf(file);
  const { headers } = await doAt(place, { kind: 'quarantine', batch, page: 1, size: 1 });
  const records = mendedRecords(file, text, headers);
  const { summary, wrong } = await doAt(place, { kind: 'mend', batch, records, by: whoAsks() });
  const messages = [
    ...wrong.map(({ line, column, reason }) =>
      word(locale, 'command.still_wrong', {
        line,
        column: column === null ? word(locale, 'command.whole_record') : visible(column),
        reason: word(locale, `reject.${reason}`),
      }),
    ),
    ...(summary === null ? [word(locale, 'command.nothing_mended')] : []),
  ];
  const failed = summary === null;
  if (format === 'json') return { out: `${JSON.stringify({ summary, wrong }, null, 2)}\n`, messages, failed };
  if (summary === null) return { out: '', messages, failed };
  const cells = [Object.values({ ...summary, file: visible(summary.file) })];
  if (format === 'csv') return { out: asCsv(Object.keys(summary), cells), messages };
  return {
    out: asTable(
      Object.keys(summary).map((column) => word(locale, `import.${column}`)),
      cells,
    ),
    messages,
  };
}

/** The text of a file that a spreadsheet has saved: UTF-8, else as Chinese editions of Excel save CSV. */
async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Refusal('file_not_found', { file }, error);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
