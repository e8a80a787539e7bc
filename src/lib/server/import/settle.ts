import { keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Touched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { comingAgain } from './coming-again.ts';
import { sameKey } from './contents.ts';
import type { Brings } from './emptied.ts';

/** What became of the records of a batch that were not rejected. */
export type Settled = { loaded: number; replaced: number; unchanged: number; superseded: number };

/** A batch whose rows stand in `raw`, and what its file has. */
export type Coming = { table: TableName; batch: number; brings: Brings };

/**
 * Marks which rows of a batch count. Of equal keys in the file the last one counts. A row that stands in the warehouse
 * already is replaced; when nothing in it has changed the older one goes on counting, so that importing a list again
 * leaves everything as it was, the day a row was first seen included (unless it was impossible on that day). A row counts
 * whole: what the one that it replaces has and the file does not is noted in `raw.emptied`.
 * The same rule as `stand`, which reckons it anew.
 */
export async function settle(transaction: Transaction, coming: Coming, touched: Touched): Promise<Settled> {
  const { table, batch } = coming;
  touched.came(table, batch);
  const accepted = await count(
    transaction,
    `select count(*) as n from raw.${table} where batch_id = ${batch} and counts`,
  );
  const superseded = await markSuperseded(transaction, table, batch);
  const before = await count(
    transaction,
    `select count(*) as n from (select 1 from raw.${table} where counts and batch_id <> ${batch} limit 1) r`,
  );
  if (before === 0) return { loaded: accepted - superseded, replaced: 0, unchanged: 0, superseded };
  const again = await markComingAgain(transaction, coming, touched);
  return { loaded: accepted - superseded - again.replaced - again.unchanged, ...again, superseded };
}

async function markSuperseded(transaction: Transaction, table: TableName, batch: number): Promise<number> {
  const key = keyOf(table);
  return count(
    transaction,
    `update raw.${table} as r set counts = false
     from (
       select ${key.join(', ')}, max(line) as last_line from raw.${table}
       where batch_id = ${batch} and counts group by ${key.join(', ')} having count(*) > 1
     ) d
     where r.batch_id = ${batch} and r.counts and ${sameKey(table, 'r', 'd')} and r.line < d.last_line`,
  );
}

async function markComingAgain(
  transaction: Transaction,
  { table, batch, brings }: Coming,
  touched: Touched,
): Promise<Pick<Settled, 'replaced' | 'unchanged'>> {
  const again = comingAgain(table, {
    fresh: `(select * from raw.${table} where batch_id = ${batch} and counts)`,
    standing: `(select * from raw.${table} where batch_id <> ${batch} and counts)`,
    brings,
  });
  await transaction.run(`create or replace temporary table coming_again as ${again}`);
  await transaction.run(
    `update raw.${table} as r set counts = false from coming_again a
     where r.batch_id = ${batch} and r.line = a.new_line and a.unchanged and a.as_possible`,
  );
  await transaction.run(
    `update raw.${table} as r set counts = false from coming_again a
     where r.batch_id = a.old_batch and r.line = a.old_line and not (a.unchanged and a.as_possible)`,
  );
  await touched.turned(
    table,
    'select old_batch as batch_id, old_line as line from coming_again where not (unchanged and as_possible)',
  );
  await transaction.run(
    `insert into raw.emptied (batch_id, line, field)
     select ${batch}, new_line, unnest(emptied) from coming_again where emptied is not null`,
  );
  const unchanged = await count(transaction, 'select count(*) as n from coming_again where unchanged');
  const replaced = await count(transaction, 'select count(*) as n from coming_again where not unchanged');
  await transaction.run('drop table coming_again');
  return { replaced, unchanged };
}

/** The one number of a `select … as n`, or the number of rows that an update touched. */
async function count(transaction: Transaction, sql: string): Promise<number> {
  const [row] = await transaction.query<Record<string, number>>(sql);
  return Number(Object.values(row ?? {})[0] ?? 0);
}
