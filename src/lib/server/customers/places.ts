import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { ErasedList } from './erased-list.ts';
import { findRejects } from './erase-rejects.ts';
import type { Reject } from './erase-rejects.ts';
import type { Keys } from './keys.ts';
import { addRows, beginRows, bringList, rawRows } from './listed.ts';
import { listsOfPeople } from './pointers.ts';

/** Who is looked for: hashes, and the probe of the key that they were made with. */
export type Those = Pick<ErasedList, 'all' | 'probe'>;

/** Where people stand: how many records of each list in any import, also withdrawn ones; and rejected records. */
export type Places = { rows: { table: TableName; records: number }[]; rejects: Reject[] };

/**
 * Finds the people of a list wherever the warehouse names them: what is erased of somebody and what is handed to them are
 * both found here. Leaves the places in the temporary tables `erased_rows` (batch_id, line, is_own) and `erased_rejects`
 * (batch_id, line). Throws Refusal erased_key_lost.
 */
export async function findPlaces(transaction: Transaction, those: Those, keys: Keys): Promise<Places> {
  const buckets = await bringList(transaction, those, keys);
  await beginRows(transaction);
  const rows: Places['rows'] = [];
  for (const table of listsOfPeople) {
    const records = await addRows(transaction, rawRows(table), keys, buckets);
    if (records > 0) rows.push({ table, records });
  }
  return { rows, rejects: await findRejects(transaction, keys, { buckets }) };
}
