import { Refusal } from '#lib/errors/refusal.ts';
import { tableNamed } from '#lib/exports/recognise.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';

/** A batch in the ledger: the number, the list, the file's name as it came, and how the file was read. */
export type LedgerBatch = {
  id: number;
  table: TableName;
  file: string;
  isWithdrawn: boolean;
  /** JSON of the fields and the headers that fed them. */
  mapping: string;
  /** JSON list of the file's headers; null in batches of earlier releases. */
  headers: string | null;
  /** JSON of the list's plan; null where the headers alone decided. */
  plan: string | null;
};

/** A batch by its number as text from outside. Throws Refusal unknown_batch. */
export async function batchOf(asker: Pick<Transaction, 'query'>, batch: string): Promise<LedgerBatch> {
  const [row] = await asker.query<Omit<LedgerBatch, 'table'> & { table: string }>(
    `select batch_id as id, table_name as "table", file, withdrawn_at is not null as "isWithdrawn",
       mapping, headers, plan
     from raw.batches where batch_id::varchar = $batch::varchar`,
    { batch },
  );
  if (!row) throw new Refusal('unknown_batch', { batch });
  return { ...row, table: tableNamed(row.table) };
}
