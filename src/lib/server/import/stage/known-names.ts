import { join } from 'node:path';
import { literal } from '../values/text.ts';
import type { Transaction } from '../../warehouse/warehouse.ts';
import type { Known, StagedList } from './task.ts';

/** The tables whose records name stores. */
const WITH_STORES = ['leads', 'visits', 'orders', 'staff'] as const;

/** The sellers and stores that the warehouse knows. */
export async function namesInWarehouse(warehouse: Pick<Transaction, 'query'>): Promise<Known> {
  return namesBy(warehouse, {
    staff:
      'select staff_id as name from exports.staff union select name from exports.staff where name is not null',
    stores: WITH_STORES.map(
      (table) => `select store as name from exports.${table} where store is not null`,
    ).join(' union '),
  });
}

/** The names that are known, and those in a list that has just been read. */
export async function namesIn(
  engine: Pick<Transaction, 'query'>,
  folder: string,
  { table, rows, fed }: StagedList,
  known: Known,
): Promise<Known> {
  const from = (fields: readonly string[]) =>
    fields
      .filter((field) => fed.includes(field))
      .map(
        (field) =>
          `select distinct ${field} as name from read_parquet(${literal(join(folder, rows))}) where problem is null and ${field} is not null`,
      )
      .join(' union ');
  const found = await namesBy(engine, {
    staff: table === 'staff' ? from(['staff_id', 'name']) : '',
    stores: WITH_STORES.some((one) => one === table) ? from(['store']) : '',
  });
  return { staff: [...known.staff, ...found.staff], stores: [...known.stores, ...found.stores] };
}

async function namesBy(
  asker: Pick<Transaction, 'query'>,
  texts: Record<keyof Known, string>,
): Promise<Known> {
  const named = async (sql: string) =>
    sql === '' ? [] : (await asker.query<{ name: string }>(sql)).map(({ name }) => name);
  return { staff: await named(texts.staff), stores: await named(texts.stores) };
}
