import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { literal } from './values/text.ts';

/**
 * Moves what was imported to another time zone of the firm: instants that came with an offset, and the days on which
 * batches came in. What was written as wall clock stays.
 */
export async function moveTimeZone(transaction: Transaction, zone: string): Promise<void> {
  for (const table of await tablesWithRows(transaction)) {
    for (const { name } of fieldsOf(table).filter(({ type }) => type === 'instant'))
      await transaction.run(moved(table, name, zone));
    await transaction.run(
      `update raw.${table} as r set imported_on = ${dayIn('b.imported_at', zone)} from raw.batches b
       where b.batch_id = r.batch_id and r.imported_on <> ${dayIn('b.imported_at', zone)}`,
    );
  }
  await transaction.run(
    `update raw.batches set imported_on = ${dayIn('imported_at', zone)}, time_zone = ${literal(zone)}`,
  );
}

function moved(table: TableName, field: string, zone: string): string {
  return `update raw.${table} as r set ${field} = r.${field} at time zone b.time_zone at time zone ${literal(zone)}
    from raw.batches b
    where b.batch_id = r.batch_id and r.zoned is not null and list_contains(string_split(r.zoned, ' '), '${field}')`;
}

const dayIn = (instant: string, zone: string): string =>
  `((${instant} at time zone 'UTC') at time zone ${literal(zone)})::date`;

async function tablesWithRows(transaction: Transaction): Promise<TableName[]> {
  const rows = await transaction.query<{ table_name: string }>('select distinct table_name from raw.batches');
  return tableNames.filter((table) => rows.some((row) => row.table_name === table));
}
