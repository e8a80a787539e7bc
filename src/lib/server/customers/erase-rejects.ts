import { fieldsOf } from '#lib/exports/tables.ts';
import { batchOf } from '../import/ledger.ts';
import type { LedgerBatch } from '../import/ledger.ts';
import { phone } from '../import/values/phones.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { given } from './erase-rows.ts';
import type { Rewriting } from './erase-rows.ts';
import type { Keys } from './keys.ts';
import { isListed } from './listed.ts';
import type { Buckets } from './listed.ts';
import { erasedColumns, MARK, pseudonym, tells } from './pseudonym.ts';

/** Between two values of a record that could not be divided, whatever divides it. */
const BETWEEN = `'[,;\\t|"\\r\\n]+'`;

/** Numbers of few digits are amounts and days as well. */
const TELLING = `(length(d.token) >= 5 or regexp_matches(d.token, '[A-Za-z]'))`;

/** A rejected record: the number of its import, and its line there. */
export type Reject = { batch: number; line: number };

/**
 * Puts what was rejected of the listed into the temporary table `erased_rejects`: records whose row stands in `erased_rows`,
 * and those in whose text a listed telephone or WeChat name stands; where it could not be divided, also a listed number.
 * `batch`: of one batch only.
 */
export async function findRejects(
  transaction: Transaction,
  keys: Keys,
  { buckets, batch }: { buckets: Buckets; batch?: number },
): Promise<Reject[]> {
  await transaction.run(foundRejects(buckets, batch), { key: keys.hash });
  return transaction.query<Reject>(
    'select batch_id as batch, line from erased_rejects order by batch_id, line',
  );
}

/** Erases those that `findRejects` found: the text of the record, and of its cells those that name somebody, so that it can still be mended. */
export async function eraseRejects(
  transaction: Transaction,
  found: readonly Reject[],
  rewriting: Pick<Rewriting, 'alias' | 'names'>,
): Promise<void> {
  if (found.length > 0) {
    const here = 'e.batch_id = r.batch_id and e.line = r.line';
    for (const table of ['rejects', 'quarantine'])
      await transaction.run(
        `update raw.${table} as r set raw_text = ${pseudonym('r.raw_text')} from erased_rejects e where ${here}`,
        { alias: rewriting.alias },
      );
    for (const id of new Set(found.map(({ batch }) => batch)))
      await eraseCells(transaction, await batchOf(transaction, String(id)), rewriting);
  }
  await transaction.run('drop table erased_rejects');
}

function foundRejects(buckets: Buckets, batch: number | undefined): string {
  const only = batch === undefined ? '' : `and r.batch_id = ${batch}`;
  return `
    create or replace temporary table erased_rejects as
    with texts as (
      select distinct r.batch_id, r.line, r.raw_text from raw.rejects r
      where not starts_with(coalesce(r.raw_text, '${MARK}'), '${MARK}') ${only}
    ),
    divided as (
      select t.batch_id, t.line, trim(unnest(regexp_split_to_array(t.raw_text, ${BETWEEN}))) as token from texts t
    ),
    named as (
      select d.batch_id, d.line, 'phone' as kind, ${phone('d.token')} as value from divided d
      where regexp_matches(d.token, '[0-9].*[0-9].*[0-9].*[0-9].*[0-9]')
      union all
      select d.batch_id, d.line, 'wechat' as kind, d.token as value from divided d where ${TELLING}
      union all
      select d.batch_id, d.line, unnest(['customer', 'lead', 'order', 'visit']) as kind, d.token as value
      from divided d
      semi join raw.quarantine q on q.batch_id = d.batch_id and q.line = d.line and q.cells is null
      where ${TELLING}
    )
    select n.batch_id as batch_id, n.line as line from named n where ${isListed('n.kind', 'n.value', buckets)}
    union
    select t.batch_id as batch_id, t.line as line
    from texts t semi join erased_rows e on e.batch_id = t.batch_id and e.line = t.line`;
}

async function eraseCells(
  transaction: Transaction,
  { id, table, plan }: LedgerBatch,
  rewriting: Pick<Rewriting, 'alias' | 'names'>,
): Promise<void> {
  const erased = new Set(erasedColumns(table, 'r').map(({ name }) => name));
  const places = fieldsOf(table).flatMap(({ name }) => {
    const place = plan.columns[name];
    return place === undefined || erased.has(name) ? [] : [place];
  });
  const cell = `json_extract_string(q.cells, '/' || i)`;
  const told = `case when list_contains($places::bigint[], i) and not ${tells(cell)} then ${cell} else ${pseudonym(cell)} end`;
  const cells = `list_transform(range(0, json_array_length(q.cells)::bigint), lambda i: coalesce(to_json(${told})::varchar, 'null'))`;
  const text = `update raw.quarantine as q set cells = '[' || array_to_string(${cells}, ',') || ']'
    from erased_rejects e
    where q.batch_id = ${id} and e.batch_id = q.batch_id and e.line = q.line and q.cells is not null`;
  await transaction.run(text, { ...given(text, { ...rewriting, kept: [], taken: [] }), places });
}
