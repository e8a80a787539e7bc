import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { suppress } from '../customers/suppress.ts';
import type { Erasure } from '../customers/suppress.ts';
import type { Touched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { businessDay } from './business-day.ts';
import { broughtNames } from './emptied.ts';
import type { Emptied } from './emptied.ts';
import type { Origin } from './origin.ts';
import { SET_ASIDE, settle } from './settle.ts';
import type { StagedList } from './stage/task.ts';
import { stagedRows } from './staged-rows.ts';
import { literal } from './values/text.ts';

/**
 * What became of one file. `batch` is null after a dry run. `suppressed` is there where the file brought people who were
 * erased: so many records count under a pseudonym, and in none of the other numbers.
 */
export type ImportSummary = {
  file: string;
  table: TableName;
  batch: number | null;
  read: number;
  loaded: number;
  replaced: number;
  unchanged: number;
  superseded: number;
  rejected: number;
  suppressed?: number;
};

/** What became of a file, what standing records lose to it, and which of the rejected records are of people who were erased. */
export type Loaded = { summary: ImportSummary; emptied: Emptied[]; hidden: readonly number[] };

/**
 * What has been read into a folder, under the name of its file, the firm's time zone, and when and from where it comes;
 * `mends` is the batch whose rejected records it brings.
 */
export type Batch = {
  staged: StagedList;
  folder: string;
  name: string;
  zone: string;
  now: Date;
  origin: Origin | null;
  mends: number | null;
  touched: Touched;
  erasure: Erasure;
};

/**
 * Brings one list that has been read into the warehouse, decides what counts and enters the batch into the ledger.
 * Throws Refusal count_mismatch, erased_key_lost, query_failed, query_cancelled, disk_full.
 */
export async function loadList(transaction: Transaction, batch: Batch): Promise<Loaded> {
  const { staged, folder, name, zone, now, origin, mends, touched, erasure } = batch;
  const { table, counted, rejected } = staged;
  const [next] = await transaction.query<{ id: number }>(
    'select coalesce(max(batch_id), 0) + 1 as id from raw.batches',
  );
  const id = Number(next?.id);
  const importedOn = businessDay(zone, now);
  const rows = stagedRows(staged, folder, importedOn);
  const coming = await suppress(transaction, erasure, { table, batch: id, rows, fed: staged.fed });
  const { suppressed, ...settled } = await settle(
    transaction,
    { table, batch: id, brings: staged, records: coming.rows, suppresses: coming.some },
    touched,
  );
  const [inserted] = await transaction.query<Record<string, number>>(insertRows(table, id, coming.rows));
  await transaction.run(`drop table ${SET_ASIDE}`);
  const stored = Number(Object.values(inserted ?? {})[0] ?? 0);
  if (stored !== staged.stored)
    throw new Refusal('count_mismatch', { file: name, counted, loaded: stored + counted - staged.stored });
  if (staged.rejects !== null) await transaction.run(insertRejects(join(folder, staged.rejects), id));
  if (staged.quarantine !== null)
    await transaction.run(insertQuarantine(join(folder, staged.quarantine), id));
  const summary: ImportSummary = {
    file: name,
    table,
    batch: id,
    read: counted,
    ...settled,
    superseded: settled.superseded + staged.folded,
    rejected,
    ...(suppressed > 0 ? { suppressed } : {}),
  };
  const { batch: batch_id, table: table_name, ...counts } = summary;
  await enter(transaction, {
    ...counts,
    suppressed,
    batch_id,
    table_name,
    rounded: staged.rounded,
    file_hash: staged.hash,
    mapping: staged.mapping,
    headers: JSON.stringify(staged.headers),
    plan: JSON.stringify(staged.plan),
    reading: staged.reading,
    brings: JSON.stringify(broughtNames(staged)),
    decided_by: staged.decidedBy,
    source: origin?.way ?? null,
    source_name: origin?.name ?? null,
    imported_by: origin?.by ?? null,
    mends,
    time_zone: zone,
    imported_at: now.toISOString().slice(0, -1),
    imported_on: importedOn,
  });
  const hidden = await coming.rejects();
  await coming.end();
  return { summary, emptied: await emptiedBy(transaction, id), hidden };
}

async function emptiedBy(transaction: Transaction, batch: number): Promise<Emptied[]> {
  return transaction.query<Emptied>(
    `select field, count(*)::integer as records from raw.emptied where batch_id = ${batch}
     group by field order by records desc, field`,
  );
}

/** Records that were settled, as they are stored. */
function insertRows(table: TableName, id: number, records: string): string {
  const names = fieldsOf(table).map(({ name }) => name);
  return `
    insert into raw.${table} (${names.join(', ')}, extra, line, imported_on, problem, zoned, rounded, batch_id, counts)
    select *, ${id}, problem is null and line not in (select line from ${SET_ASIDE}) from (${records})`;
}

function insertRejects(path: string, id: number): string {
  return `
    insert into raw.rejects (batch_id, line, column_name, reason, raw_text)
    select ${id}, line, column_name, reason, raw_text from read_parquet(${literal(path)})`;
}

function insertQuarantine(path: string, id: number): string {
  return `
    insert into raw.quarantine (batch_id, line, cells, raw_text)
    select ${id}, line, cells, raw_text from read_parquet(${literal(path)})`;
}

/** The columns of raw.batches that an import fills, and their types. */
const ENTRY = {
  batch_id: 'bigint',
  table_name: 'varchar',
  file: 'varchar',
  file_hash: 'varchar',
  mapping: 'varchar',
  headers: 'varchar',
  plan: 'varchar',
  reading: 'varchar',
  brings: 'varchar',
  decided_by: 'varchar',
  time_zone: 'varchar',
  imported_at: 'timestamp',
  imported_on: 'date',
  source: 'varchar',
  source_name: 'varchar',
  imported_by: 'varchar',
  mends: 'bigint',
  read: 'bigint',
  loaded: 'bigint',
  replaced: 'bigint',
  unchanged: 'bigint',
  superseded: 'bigint',
  rejected: 'bigint',
  suppressed: 'bigint',
  rounded: 'bigint',
} as const;

type Entry = Record<keyof typeof ENTRY, string | number | null>;

async function enter(transaction: Transaction, entry: Entry): Promise<void> {
  const values = Object.entries(ENTRY).map(([name, type]) => `$${name}::${type}`);
  await transaction.run(
    `insert into raw.batches (${Object.keys(ENTRY).join(', ')}) values (${values.join(', ')})`,
    entry,
  );
}
