import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { phone } from '../import/values/phones.ts';
import type { Transaction } from './warehouse.ts';

/** Whether the ledger is one of the releases that could not quarantine records yet; asked before the tables are made. */
export async function hasOlderLedger(asker: Pick<Transaction, 'query'>): Promise<boolean> {
  const names = await asker.query<{ name: string }>(
    "select table_name as name from duckdb_tables() where schema_name = 'raw' and table_name in ('batches', 'quarantine')",
  );
  return names.length === 1;
}

/**
 * Brings what an earlier release stored into today's form, so that the same list says the same again. Unknown columns
 * stood in the order of the file, now in the order of their names; phone numbers stood as they were typed. Without this
 * every row with one would count as changed when it comes again. Of rejected records only the problems were noted: each is put into quarantine as the text that it was.
 */
export async function upgradeLedger(transaction: Transaction): Promise<void> {
  for (const table of tableNames) {
    await transaction.run(sortExtra(table));
    for (const { name } of fieldsOf(table).filter(({ type }) => type === 'phone'))
      await transaction.run(
        `update raw.${table} set ${name} = ${phone(name)} where ${name} <> ${phone(name)}`,
      );
  }
  await transaction.run(
    `insert into raw.quarantine (batch_id, line, raw_text)
     select batch_id, line, min(raw_text) from raw.rejects group by batch_id, line`,
  );
}

function sortExtra(table: TableName): string {
  const value = `(extra -> ('/' || replace(replace(name, '~', '~0'), '/', '~1')))::varchar`;
  const pairs = `list_transform(list_sort(json_keys(extra)), name -> to_json(name)::varchar || ':' || ${value})`;
  return `update raw.${table} as r set extra = s.sorted
    from (
      select rowid as id, '{' || array_to_string(${pairs}, ',') || '}' as sorted
      from raw.${table} where extra is not null
    ) s
    where r.rowid = s.id and r.extra <> s.sorted`;
}
