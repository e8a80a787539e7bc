import { Refusal } from '#lib/errors/refusal.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A rejected record as it stands in the file: `line` counts records from 1 after the header. */
export type WholeReject = {
  line: number;
  column_name: string | null;
  reason: string;
  raw_text: string | null;
};

/**
 * Every problem of a batch in the order of the report `rejects`, but unmasked: the owner mends the list by it. Read past the
 * answers that are kept in memory, because there may be a million. `batch` is text from an address. Throws Refusal
 * unknown_batch.
 */
export async function allRejects(
  warehouse: Warehouse,
  batch: string,
  signal: AbortSignal,
): Promise<WholeReject[]> {
  const known = await warehouse.query<{ batch_id: number }>(
    'select batch_id from raw.batches where batch_id::varchar = $batch::varchar',
    { batch },
  );
  const id = known[0]?.batch_id;
  if (id === undefined) throw new Refusal('unknown_batch', { batch });
  return warehouse.query<WholeReject>(
    `select r.line, r.column_name, r.reason, r.raw_text from raw.rejects r where r.batch_id = $batch::bigint
     order by r.line, r.column_name nulls first, r.reason`,
    { batch: id },
    { signal },
  );
}
