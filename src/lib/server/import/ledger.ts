import { Refusal } from '#lib/errors/refusal.ts';
import type { ListPlan } from '#lib/exports/plan.ts';
import { tableNamed } from '#lib/exports/recognise.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';

/** A batch in the ledger: its list, the file's name as it came, and how its columns were read. */
export type LedgerBatch = {
  id: number;
  table: TableName;
  file: string;
  isWithdrawn: boolean;
  /** The token with which a program handed it in; null where it came another way. */
  token: string | null;
  headers: readonly string[];
  plan: ListPlan;
  /** What its columns rest on, where that is not what a person chose. */
  proposed: 'memory' | 'headers' | undefined;
  /** What divides the text of a record into these columns; null where the file had others that are not known any more. */
  delimiter: string | null;
};

type Entry = {
  id: number;
  table: string;
  file: string;
  is_withdrawn: boolean;
  token: string | null;
  mapping: string;
  headers: string | null;
  plan: string | null;
  decided_by: string | null;
  reading: string | null;
};

/**
 * A batch by its number as text from outside. Of batches of earlier releases only the columns are known that fed a field.
 * Throws Refusal unknown_batch.
 */
export async function batchOf(asker: Pick<Transaction, 'query'>, batch: string): Promise<LedgerBatch> {
  const [row] = await asker.query<Entry>(
    `select batch_id as id, table_name as "table", file, withdrawn_at is not null as is_withdrawn,
       case when source = 'api' then source_name end as token, mapping, headers, plan, decided_by, reading
     from raw.batches where batch_id::varchar = $batch::varchar`,
    { batch },
  );
  if (!row) throw new Refusal('unknown_batch', { batch });
  const { id, file, is_withdrawn: isWithdrawn, token } = row;
  return {
    id,
    file,
    isWithdrawn,
    token,
    table: tableNamed(row.table),
    ...columnsOf(row),
    proposed: row.decided_by === 'memory' || row.decided_by === 'headers' ? row.decided_by : undefined,
    delimiter: delimiterOf(row),
  };
}

function columnsOf({ table, mapping, headers, plan }: Entry): Pick<LedgerBatch, 'headers' | 'plan'> {
  const fed = Object.entries(JSON.parse(mapping) as Record<string, string>);
  const names =
    headers === null ? [...new Set(fed.map(([, header]) => header))] : (JSON.parse(headers) as string[]);
  const columns = () => Object.fromEntries(fed.map(([field, header]) => [field, names.indexOf(header)]));
  return {
    headers: names,
    plan: plan === null ? { table, columns: columns() } : (JSON.parse(plan) as ListPlan),
  };
}

function delimiterOf({ headers, reading }: Entry): string | null {
  if (headers === null) return null;
  const { delimiter } = JSON.parse(reading ?? '{}') as { delimiter?: string | null };
  return delimiter ?? ',';
}
