import { exportsDdl } from '#lib/exports/ddl.ts';
import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Transaction, Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Given, GivenRow } from './case.ts';

/** A warehouse in memory with empty tables `exports.*`. */
export async function openEmptyWarehouse(): Promise<Warehouse> {
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  await warehouse.write(async (transaction) => {
    for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
  });
  return warehouse;
}

/** Replaces all rows of `exports.*` and builds the models. */
export function fill(warehouse: Warehouse, given: Given): Promise<void> {
  return warehouse.write(async (transaction) => {
    for (const table of tableNames) {
      await transaction.run(`delete from exports.${table}`);
      await insert(transaction, `exports.${table}`, given.get(table) ?? []);
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

/** The columns of `exports.<table>` that are numbers, for engines that do not cast text. */
export function numericColumns(table: (typeof tableNames)[number]): string[] {
  return fieldsOf(table).flatMap((field) => (['whole', 'number'].includes(field.type) ? [field.name] : []));
}
