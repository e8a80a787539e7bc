import type { TableName } from '#lib/exports/tables.ts';
import { rebuildModels } from '../warehouse/models.ts';
import type { Transaction, Warehouse } from '../warehouse/warehouse.ts';
import type { ErasedList } from './erased-list.ts';
import { eraseRejects } from './erase-rejects.ts';
import { eraseRaw, keptColumns, namesIn, rewritingWith } from './erase-rows.ts';
import type { Keys } from './keys.ts';
import { findPlaces } from './places.ts';
import type { Places, Those } from './places.ts';

/** What an erasure changes: the records of each list in every import, also withdrawn ones, and rejected records. */
export type Erased = Pick<Places, 'rows'> & { rejected: number };

/**
 * Erases the people of a list wherever the warehouse names them: records of every import, rejected ones, models.
 * Throws Refusal erased_key_lost, query_failed.
 */
export async function eraseListed(transaction: Transaction, those: Those, keys: Keys): Promise<Erased> {
  const { rows, rejects } = await findPlaces(transaction, those, keys);
  const names = await namesIn(transaction, (table) => `raw.${table}`);
  const kept = new Map<TableName, string[]>();
  for (const { table } of rows) kept.set(table, await keptColumns(transaction, table));
  for (const [table, columns] of kept)
    await eraseRaw(transaction, table, rewritingWith(keys, names, columns));
  await eraseRejects(transaction, rejects, { alias: keys.alias, names });
  await transaction.run('drop table erased_rows; drop table erased_list');
  return { rows, rejected: rejects.length };
}

/** The same, with everything that follows from it, noted in the warehouse: it has followed the list this far. */
export async function eraseAndRebuild(
  transaction: Transaction,
  list: ErasedList,
  those: Those,
  keys: Keys,
): Promise<Erased> {
  const erased = await eraseListed(transaction, those, keys);
  await rebuildModels(transaction);
  await transaction.run('update state.erased set list = $id::varchar, through = $through::bigint', {
    id: list.id,
    through: list.through(),
  });
  return erased;
}

/**
 * Erases again whom a warehouse still names although they are on the list: it was copied before they were erased, or the
 * process died in between. Throws as `eraseListed` does.
 */
export async function eraseAgain(warehouse: Warehouse, list: ErasedList, keys: () => Keys): Promise<void> {
  if (list.isEmpty()) return;
  const [state] = await warehouse.query<{ list: string | null; through: number }>(
    'select list, through from state.erased',
  );
  if (state?.list === list.id && state.through >= list.through()) return;
  await warehouse.write((transaction) => eraseAndRebuild(transaction, list, list, keys()));
}
