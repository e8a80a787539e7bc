import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse.ts';

/** The rows that a transaction makes count or count no more, noted while it goes on, for refreshing the models in the end. */
export type Touched = {
  /** Batches that came in, by table: new are those of their rows that count in the end. */
  readonly batches: ReadonlyMap<TableName, readonly number[]>;
  /** Notes a batch that came in. */
  came(table: TableName, batch: number): void;
  /** Notes rows of earlier batches that were turned: a select of batch_id and line. */
  turned(table: TableName, rows: string): Promise<void>;
};

/** Begins to note what a transaction touches. Notes in the temporary table `turned_rows`. */
export async function noteTouched(transaction: Transaction): Promise<Touched> {
  await transaction.run(
    'create or replace temporary table turned_rows (table_name varchar, batch_id bigint, line bigint)',
  );
  const batches = new Map<TableName, number[]>();
  return {
    batches,
    came: (table, batch) => void batches.set(table, [...(batches.get(table) ?? []), batch]),
    turned: (table, rows) =>
      transaction.run(`insert into turned_rows select '${table}', t.batch_id, t.line from (${rows}) t`),
  };
}

/**
 * A select of the rows of raw.<table> (as r, with the given columns) that counted before and count no more, or the other
 * way round. Of the batches that came in, what a later one of them replaced never counted.
 */
export function turnedRows(table: TableName, { batches }: Touched, columns: string): string {
  const came = `(${(batches.get(table) ?? [-1]).join(', ')})`;
  return `
    select ${columns} from raw.${table} r where r.batch_id in ${came} and r.counts
    union all
    select ${columns} from raw.${table} r
    semi join turned_rows t on t.table_name = '${table}' and t.batch_id = r.batch_id and t.line = r.line
    where r.batch_id not in ${came}`;
}
