import { Refusal } from '#lib/errors/refusal.ts';
import { reportText } from '../reports/texts.ts';
import type { RejectsRow } from '../reports.gen.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** DuckDB counts them as bigint; no file has more. */
const ALL = 2_000_000_000;

/**
 * Every problem of a batch, as the report `rejects` gives them; read past the answers that are kept in memory, because
 * there may be a million. `batch` is text from an address. Throws Refusal unknown_batch.
 */
export async function allRejects(
  warehouse: Warehouse,
  batch: string,
  signal: AbortSignal,
): Promise<RejectsRow[]> {
  const known = await warehouse.query<{ batch_id: number }>(
    'select batch_id from raw.batches where batch_id::varchar = $batch::varchar',
    { batch },
  );
  const id = known[0]?.batch_id;
  if (id === undefined) throw new Refusal('unknown_batch', { batch });
  return warehouse.query<RejectsRow>(
    reportText('rejects').body,
    { batch: id, page: 1, page_size: ALL },
    { signal },
  );
}
