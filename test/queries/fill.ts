import { exportsDdl } from '#lib/exports/ddl.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Transaction, Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { givenPlaces } from './case.ts';
import type { Given, GivenRow } from './case.ts';

/** A warehouse in memory with empty tables `exports.*` and an empty ledger. */
export async function openEmptyWarehouse(): Promise<Warehouse> {
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  await warehouse.write(async (transaction) => {
    for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
  });
  return warehouse;
}

/** Replaces all rows of `exports.*` and of the ledger and builds the models. */
export function fill(warehouse: Warehouse, given: Given): Promise<void> {
  return warehouse.write(async (transaction) => {
    for (const [name, place] of givenPlaces) {
      await transaction.run(`delete from ${place}`);
      await insert(transaction, place, given.get(name) ?? []);
    }
    await rebuildModels(transaction);
  });
}

async function insert(transaction: Transaction, table: string, rows: readonly GivenRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const values = rows.map((row) => `(${Object.values(row).map(literal).join(', ')})`);
  await transaction.run(
    `insert into ${table} (${Object.keys(first).join(', ')}) values ${values.join(', ')}`,
  );
}

function literal(text: string | null): string {
  return text === null ? 'null' : `'${text.replaceAll("'", "''")}'`;
}
