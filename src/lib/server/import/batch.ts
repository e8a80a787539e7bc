import { Refusal } from '#lib/errors/refusal.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { Decoded } from './decode.ts';
import type { Head } from './head.ts';
import { ERRORS, loadStatement, numberLines } from './load.ts';
import { countRecords } from './records.ts';
import { noteRejects } from './rejects.ts';
import type { Reject } from './rejects.ts';
import { settle } from './settle.ts';

/** What became of one file. `batch` is null after a dry run. */
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
};

export type Batch = {
  name: string;
  decoded: Decoded;
  head: Head;
  recognised: Recognised;
  zone: string;
  now: Date;
  /** Told while the file is read; may throw to stop. */
  onPage?: ((bytes: number) => void) | undefined;
  /** Told when the file is read and only the loading goes on. */
  onRead?: (() => void) | undefined;
};

/** What became of a file, with its first rejects and how many records had money of more than two decimals. */
export type Brought = { summary: ImportSummary; rejects: Reject[]; rounded: number };

/** DuckDB's strict reader stops where a file mixes line ends; see `withOneLineEnd`. */
export class UnevenLineEnds extends Error {}

/**
 * Brings one recognised file into the warehouse: loads it, counts it by another reader meanwhile, writes down what was
 * rejected, marks what counts and enters the batch into the ledger.
 * Throws Refusal header_only, not_utf8, unclosed_quote, count_mismatch, query_failed; UnevenLineEnds.
 */
export async function importBatch(transaction: Transaction, batch: Batch): Promise<Brought> {
  const { name, decoded, head, recognised, zone, now } = batch;
  const { table } = recognised;
  const [next] = await transaction.query<{ id: number }>(
    'select coalesce(max(batch_id), 0) + 1 as id from raw.batches',
  );
  const id = Number(next?.id);
  const importedOn = dayIn(zone, now);
  const { divided, counted } = await load(
    transaction,
    batch,
    loadStatement({ path: decoded.path, head, recognised, batch: id, importedOn, zone }),
  );
  if (counted.records === 0) throw new Refusal('header_only', { file: name });
  await transaction.run(numberLines(table, id));
  const headerOf = (field: string) => head.headers[recognised.columns.get(field) ?? -1] ?? null;
  const { rejected, broken, first } = await noteRejects(transaction, {
    path: decoded.path,
    name,
    division: head,
    table,
    batch: id,
    headerOf,
  });
  if (divided + broken !== counted.records)
    throw new Refusal('count_mismatch', { file: name, counted: counted.records, loaded: divided + broken });
  const summary: ImportSummary = {
    file: name,
    table,
    batch: id,
    read: counted.records,
    ...(await settle(transaction, table, id)),
    rejected,
  };
  const rounded = await roundedRecords(transaction, table, id);
  await enter(transaction, {
    ...summary,
    rounded,
    file_hash: counted.hash,
    mapping: mappingOf(head, recognised),
    time_zone: zone,
    imported_at: now.toISOString().slice(0, -1),
    imported_on: importedOn,
  });
  return { summary, rejects: first, rounded };
}

/** Two readers at once: DuckDB loads, the other one counts; a file that the counter refuses stops the loading. */
async function load(
  transaction: Transaction,
  { name, decoded: { path }, head, onPage, onRead }: Batch,
  statement: string,
) {
  const stop = new AbortController();
  await transaction.run(`drop table if exists ${ERRORS}; drop table if exists ${ERRORS}_scan`);
  const counting = countRecords(path, name, head, onPage).catch((error: unknown) => {
    stop.abort();
    throw error;
  });
  counting.then(onRead, () => undefined);
  const loading = transaction.query<Record<string, number>>(statement, {}, { signal: stop.signal });
  const [counted, loaded] = await Promise.allSettled([counting, loading]);
  if (counted.status === 'rejected') throw counted.reason;
  if (loaded.status === 'rejected') throw isUneven(loaded.reason) ? new UnevenLineEnds(path) : loaded.reason;
  return { counted: counted.value, divided: Number(Object.values(loaded.value[0] ?? {})[0] ?? 0) };
}

async function roundedRecords(transaction: Transaction, table: TableName, batch: number): Promise<number> {
  if (fieldsOf(table).every((field) => field.type !== 'money')) return 0;
  const [row] = await transaction.query<{ n: number }>(
    `select count(*) as n from raw.${table} where batch_id = ${batch} and rounded and problem is null`,
  );
  return Number(row?.n ?? 0);
}

function isUneven(error: unknown): boolean {
  const cause = error instanceof Refusal ? error.cause : error;
  return cause instanceof Error && cause.message.includes('state machine reached an invalid state');
}

/** The business day of an instant in a time zone, as `2026-03-08`. */
function dayIn(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant);
}

function mappingOf(head: Head, { columns }: Recognised): string {
  return JSON.stringify(
    Object.fromEntries([...columns].map(([field, column]) => [field, head.headers[column]])),
  );
}

type Entry = Omit<ImportSummary, 'batch'> & {
  batch: number | null;
  file_hash: string;
  rounded: number;
  mapping: string;
  time_zone: string;
  imported_at: string;
  imported_on: string;
};

async function enter(transaction: Transaction, { batch, table, ...rest }: Entry): Promise<void> {
  await transaction.run(
    `insert into raw.batches (batch_id, table_name, file, file_hash, mapping, time_zone, imported_at, imported_on,
       read, loaded, replaced, unchanged, superseded, rejected, rounded)
     values ($batch::bigint, $table::varchar, $file::varchar, $file_hash::varchar, $mapping::varchar, $time_zone::varchar,
       $imported_at::timestamp, $imported_on::date, $read::bigint, $loaded::bigint, $replaced::bigint, $unchanged::bigint,
       $superseded::bigint, $rejected::bigint, $rounded::bigint)`,
    { batch, table, ...rest },
  );
}
