import { keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Touched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { contentColumns, isPossible, sameKey } from './contents.ts';
import { emptiedNames, unfed } from './emptied.ts';

/** Rows of a batch that counted until it was withdrawn, and how many of their keys have an earlier or later row instead. */
export type StoodAside = { removed: number; restored: number };

/**
 * Takes the rows of a withdrawn batch out of what counts and reckons anew what counts for their keys: of the last row
 * of each key in each batch that stands, in the order of the batches, the first of the last run of equal rows. That is
 * what importing the standing batches alone would have left.
 */
export async function standAside(
  transaction: Transaction,
  table: TableName,
  batch: number,
  touched: Touched,
): Promise<StoodAside> {
  const key = keyOf(table).join(', ');
  await transaction.run(
    `create or replace temporary table withdrawn_keys as
     select ${key}, bool_or(counts) as counted from raw.${table}
     where batch_id = ${batch} and problem is null group by ${key}`,
  );
  await touched.turned(table, `select batch_id, line from raw.${table} where batch_id = ${batch} and counts`);
  await transaction.run(`update raw.${table} set counts = false where batch_id = ${batch} and counts`);
  await transaction.run(`create or replace temporary table standing_runs as ${standingRuns(table)}`);
  await transaction.run(`create or replace temporary table standing_rows as ${standingRows(table)}`);
  const turning = `r.problem is null and ${sameKey(table, 'r', 's')}
    and r.counts <> (r.batch_id = s.batch_id and r.line = s.line)`;
  await touched.turned(
    table,
    `select r.batch_id, r.line from raw.${table} r join standing_rows s on ${turning}`,
  );
  await transaction.run(
    `update raw.${table} as r set counts = (r.batch_id = s.batch_id and r.line = s.line)
     from standing_rows s where ${turning}`,
  );
  await emptyAnew(transaction, table);
  const [moved] = await transaction.query<StoodAside>(
    `select count(*) as removed, count(s.batch_id) as restored
     from withdrawn_keys k left join standing_rows s on ${sameKey(table, 'k', 's')}
     where k.counted`,
  );
  await transaction.run('drop table withdrawn_keys; drop table standing_runs; drop table standing_rows');
  return moved ?? { removed: 0, restored: 0 };
}

/** The first row of each run of equal rows of a key, and the row that it replaced, null for the first of all. */
function standingRuns(table: TableName): string {
  const key = keyOf(table).join(', ');
  const contents = contentColumns(table).map((name) => `r.${name}`);
  return `
    with standing as (
      select ${keyOf(table)
        .map((name) => `r.${name}`)
        .join(', ')},
        r.batch_id, r.line, row(${[...contents, isPossible(table, 'r')].join(', ')}) as content
      from raw.${table} r
      join raw.batches b on b.batch_id = r.batch_id and b.withdrawn_at is null
      semi join withdrawn_keys k on ${sameKey(table, 'r', 'k')}
      where r.problem is null
    ),
    last_ones as (
      select * from standing
      qualify row_number() over (partition by ${key}, batch_id order by line desc) = 1
    ),
    runs as (
      select *,
        lag(batch_id) over by_batch as old_batch,
        lag(line) over by_batch as old_line,
        content is distinct from lag(content) over by_batch as begins
      from last_ones
      window by_batch as (partition by ${key} order by batch_id)
    )
    select * exclude (content, begins) from runs where old_batch is null or begins`;
}

function standingRows(table: TableName): string {
  const key = keyOf(table).join(', ');
  return `
    select ${key}, max(batch_id) as batch_id, arg_max(line, batch_id) as line
    from standing_runs group by ${key}`;
}

/** Notes anew what the rows of these keys lost: each against the one that it replaces now. */
async function emptyAnew(transaction: Transaction, table: TableName): Promise<void> {
  await transaction.run(
    `delete from raw.emptied as e using (
       select r.batch_id, r.line from raw.${table} r semi join withdrawn_keys k on ${sameKey(table, 'r', 'k')}
     ) t
     where e.batch_id = t.batch_id and e.line = t.line`,
  );
  const lost = emptiedNames(unfed(table, { fed: [] }), 'o', "json_extract_string(b.brings, '$[*]')");
  await transaction.run(
    `insert into raw.emptied (batch_id, line, field)
     select s.batch_id, s.line, unnest(${lost})
     from standing_runs s
     join raw.batches b on b.batch_id = s.batch_id and b.brings is not null
     join raw.${table} o on o.batch_id = s.old_batch and o.line = s.old_line`,
  );
}
