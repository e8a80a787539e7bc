import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportsDdl } from '#lib/exports/ddl.ts';
import { projectRoot } from '#lib/server/project.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse, type Transaction, type Warehouse } from '#lib/server/warehouse/warehouse.ts';

const LISTS = [
  'leads',
  'visits',
  'orders',
  'upsells',
  'payments',
  'campaigns',
  'campaign_days',
  'customers',
  'staff',
  'followups',
];
const folder = join(projectRoot(), 'data/sample');

/** What the sample's generator knows of its lists. */
export const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as {
  first_day: string;
  last_day: string;
  gap: { store: string; from: string; to: string };
  inviters: Record<string, number>;
  sellers: Record<string, number>;
};

/** A warehouse in memory that holds the committed sample studio, imported the day after its last. */
export async function openSample(): Promise<Warehouse> {
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  await change(warehouse, async (transaction) => {
    for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
    for (const list of LISTS)
      await transaction.run(`
        insert into exports.${list} by name
        select *, 1 as batch_id, row_number() over () as line, date '${truth.last_day}' + 1 as imported_on
        from read_csv('${join(folder, list)}.csv', all_varchar = true)`);
  });
  return warehouse;
}

/** Changes rows of the lists and builds the models of what is there then. */
export function change(
  warehouse: Warehouse,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  return warehouse.write(async (transaction) => {
    await work(transaction);
    await rebuildModels(transaction);
  });
}
