import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { asCsv, rowsAsCsv } from '#lib/server/reports/csv.ts';
import type { Cell } from '#lib/server/reports/csv.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';
import { whoAsks } from './who-asks.ts';

/** What the table of the history shows; the other forms have every column. */
const shown = [
  'batch_id',
  'imported_at',
  'table_name',
  'file',
  'read',
  'loaded',
  'replaced',
  'unchanged',
  'superseded',
  'rejected',
  'open_records',
  'withdrawn_at',
];

/** The history of imports, the latest first. */
export async function batchesCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['page']);
  if (given.words.length > 0) throw new Refusal('usage', { detail: 'batches' });
  const page = single(given, 'page');
  const parameters: RawParameters = page === undefined ? {} : { page: [page] };
  const answer = await doAt(place, { kind: 'report', name: 'batches', parameters });
  if (format === 'json') return { out: `${JSON.stringify(answer.rows, null, 2)}\n`, messages: [] };
  if (format === 'csv') return { out: rowsAsCsv(specNamed('batches').columns, answer.rows), messages: [] };
  const titles = shown.map((column) => word(locale, `report.batches.${column}`));
  const cells = answer.rows.map((row) => shown.map((column) => plain(row[column] as Cell)));
  return { out: asTable(titles, cells), messages: [] };
}

const plain = (cell: Cell): Cell => (typeof cell === 'string' ? visible(cell) : cell);

/** Takes a batch back. */
export async function withdrawCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, []);
  const [batch, ...rest] = given.words;
  if (batch === undefined || rest.length > 0) throw new Refusal('usage', { detail: 'withdraw BATCH' });
  const withdrawn = await doAt(place, { kind: 'withdraw', batch, by: whoAsks() });
  const { mendings, ...counts } = withdrawn;
  const messages = mendings.map((mending) =>
    word(locale, 'command.mending_stands', { batch: withdrawn.batch, mending }),
  );
  if (format === 'json') return { out: `${JSON.stringify(withdrawn, null, 2)}\n`, messages };
  const cells = [Object.values({ ...counts, file: visible(counts.file) })];
  if (format === 'csv') return { out: asCsv(Object.keys(counts), cells), messages };
  const titles = Object.keys(counts).map((name) => word(locale, `withdrawn.${name}`));
  return { out: asTable(titles, cells), messages };
}
