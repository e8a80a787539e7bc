import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { keyOf } from '#lib/exports/tables.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { importFiles } from './import-files.ts';
import type { Imported, ImportSummary } from './import-files.ts';
import { batchOf } from './ledger.ts';
import type { LedgerBatch } from './ledger.ts';
import { markMended, openRecordsWith } from './quarantine.ts';
import type { CellText } from './quarantine.ts';
import type { Reject } from './stage/task.ts';
import { stagingFolder } from './staging.ts';

/** A rejected record as somebody has mended it: its number in the file, and its cells in the order of the columns. */
export type MendedRecord = { line: number; cells: readonly CellText[] };

/** Which batch, as text from an address or command line, its mended records, and who mended them. */
export type MendRequest = { batch: string; records: readonly MendedRecord[]; by: string | null };

/**
 * What came of a mending: the new batch with its account, null when no record could be taken and nothing was kept; and
 * what is still wrong, by the number of the record in the file that it came from.
 */
export type Mended = { summary: ImportSummary | null; wrong: Reject[] };

/**
 * Brings mended records of a batch in: a batch of its own, through the same door and by the same plan as the first time.
 * What is still wrong stays in quarantine and holds up nothing else. Where lines are added up, the other open lines of
 * the same order come along, so that no order is summed by half.
 * Throws Refusal unknown_batch, batch_withdrawn, not_in_quarantine, sum_stands, and what an import throws.
 */
export async function mendRecords(app: App, { batch, records, by }: MendRequest): Promise<Mended> {
  const entry = await batchOf(app.warehouse, batch);
  if (entry.isWithdrawn) throw withdrawn(entry);
  const all = await withWholeOrders(app, entry, fitting(entry, records));
  const lines = all.map(({ line }) => line);
  const folder = join(stagingFolder(app.data), randomUUID());
  const path = join(folder, 'mended.csv');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, listText(entry.headers, all), { mode: 0o600 });
    const reading = { encoding: 'utf-8', delimiter: ',', header: { first: 0, rows: 1 }, footer: 0 } as const;
    const imported = await importFiles(
      app,
      [{ name: entry.file, path, plan: { reading, lists: [entry.plan] }, proposed: entry.proposed }],
      {
        origin: { way: 'mending', name: null, by },
        mends: entry.id,
        remembers: false,
        within: (transaction, done) => settleMending(transaction, batch, lines, done),
      },
    );
    return { summary: imported.summaries[0] ?? null, wrong: wrongIn(imported, lines) };
  } catch (error) {
    if (error instanceof NothingMended) return { summary: null, wrong: wrongIn(error.imported, lines) };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Carries what was wrong out of a transaction that must not be kept, because no record could be taken. */
class NothingMended extends Error {
  readonly imported: Imported;

  constructor(imported: Imported) {
    super('nothing was mended');
    this.imported = imported;
  }
}

async function settleMending(
  transaction: Transaction,
  batch: string,
  lines: readonly number[],
  imported: Imported,
): Promise<void> {
  const entry = await batchOf(transaction, batch);
  if (entry.isWithdrawn) throw withdrawn(entry);
  const [summary] = imported.summaries;
  if (!summary?.batch || summary.read !== lines.length)
    throw new Refusal('count_mismatch', {
      file: entry.file,
      counted: lines.length,
      loaded: summary?.read ?? 0,
    });
  if (summary.rejected === summary.read) throw new NothingMended(imported);
  if (entry.plan.sum?.length) await refuseStandingSums(transaction, entry, summary.batch);
  const marked = await markMended(transaction, { of: entry.id, lines, by: summary.batch });
  if (marked !== summary.read - summary.rejected) throw notThere(entry, lines);
}

/**
 * A line that could not be divided had no key, so its order was summed without it: mended alone it would take the place of
 * the whole. Throws Refusal sum_stands.
 */
async function refuseStandingSums(
  transaction: Transaction,
  { id, file, table }: LedgerBatch,
  mending: number,
): Promise<void> {
  const key = keyOf(table);
  const standing = await transaction.query<{ name: string }>(
    `select concat_ws(' ', ${key.map((field) => `n.${field}`).join(', ')}) as name
     from raw.${table} n
     semi join (
       select ${key.join(', ')} from raw.${table} r join raw.batches b using (batch_id)
       where r.problem is null and r.batch_id <> ${mending} and b.withdrawn_at is null and ${id} in (b.batch_id, b.mends)
     ) o using (${key.join(', ')})
     where n.batch_id = ${mending} and n.problem is null
     order by name limit 10`,
  );
  if (standing.length > 0)
    throw new Refusal('sum_stands', { batch: id, file, keys: standing.map(({ name }) => name).join(', ') });
}

const withdrawn = ({ id, file }: LedgerBatch) => new Refusal('batch_withdrawn', { batch: id, file });

const notThere = ({ id }: LedgerBatch, lines: readonly number[]) =>
  new Refusal('not_in_quarantine', { batch: id, lines: lines.slice(0, 10).join(', ') });

/** Each record once, with as many cells as the list has columns. */
function fitting(entry: LedgerBatch, records: readonly MendedRecord[]): MendedRecord[] {
  const lines = new Set(records.map(({ line }) => line));
  if (records.length === 0 || lines.size < records.length)
    throw notThere(
      entry,
      records.map(({ line }) => line),
    );
  return records
    .map(({ line, cells }) => ({ line, cells: entry.headers.map((_, at) => cells[at] ?? null) }))
    .sort((a, b) => a.line - b.line);
}

/** Where lines are added up: the records with the other open ones of the same orders, in the order of the file. */
async function withWholeOrders(
  app: App,
  entry: LedgerBatch,
  records: readonly MendedRecord[],
): Promise<MendedRecord[]> {
  if (!entry.plan.sum?.length) return [...records];
  const places = keyOf(entry.table).map((field) => entry.plan.columns[field] ?? -1);
  const texts = places.map((place) => records.map(({ cells }) => cells[place]?.trim() ?? null));
  const mended = new Set(records.map(({ line }) => line));
  const open = await openRecordsWith(app.warehouse, entry, { places, texts });
  const others = open.filter(({ line }) => !mended.has(line));
  return [...records, ...others].sort((a, b) => a.line - b.line);
}

/** The records as a list of their own with the headers of the first one. */
function listText(headers: readonly string[], records: readonly MendedRecord[]): string {
  const record = (cells: readonly CellText[]) =>
    cells.map((cell) => `"${(cell ?? '').replaceAll('"', '""')}"`).join(',');
  return [headers, ...records.map(({ cells }) => cells)].map((cells) => `${record(cells)}\r\n`).join('');
}

function wrongIn({ rejects }: Imported, lines: readonly number[]): Reject[] {
  return (rejects[0] ?? []).map((reject) => ({ ...reject, line: lines[reject.line - 1] ?? reject.line }));
}
