import type { Warehouse } from '../../warehouse/warehouse.ts';
import { keyOf } from '#lib/exports/tables.ts';
import { broughtList, emptiedNames, unfed } from '../emptied.ts';
import type { StagedList } from '../stage/task.ts';
import { again, lastOnes } from './coming.ts';
import type { Coming } from './coming.ts';
import type { Loss } from './draft.ts';

/** What records that stand would lose to a staged list, the most frequent first, with the first keys of them. */
export async function lossesTo(warehouse: Pick<Warehouse, 'query'>, coming: Coming): Promise<Loss[]> {
  const key = keyOf(coming.staged.table).map((name) => `l.${name}`);
  return lossesIn(
    warehouse,
    `with ${lastOnes(coming)}
     select a.emptied, concat_ws(' · ', ${key.join(', ')}) as key
     from (${again(coming)}) a join last_ones l on l.line = a.new_line where a.emptied is not null`,
  );
}

/** What all records that stand would lose, should every one of them come again in a list: no more can be lost to it. */
export async function lossesAtMost(
  warehouse: Pick<Warehouse, 'query'>,
  { table, ...brings }: Pick<StagedList, 'table' | 'fed' | 'headers'>,
): Promise<Loss[]> {
  const emptied = emptiedNames(unfed(table, brings), 'o', broughtList(brings));
  return lossesIn(
    warehouse,
    `select ${emptied} as emptied, null::varchar as key from raw.${table} o where o.counts`,
  );
}

/** So many of the records that lose something are named. */
const NAMED = 3;

async function lossesIn(warehouse: Pick<Warehouse, 'query'>, emptied: string): Promise<Loss[]> {
  const rows = await warehouse.query<Omit<Loss, 'keys'> & { keys: string }>(
    `select field, count(*)::integer as records,
       to_json(coalesce(min(key, ${NAMED}), []::varchar[]))::varchar as keys
     from (select unnest(emptied) as field, key from (${emptied}))
     group by field order by records desc, field`,
  );
  return rows.map(({ keys, ...loss }) => ({ ...loss, keys: JSON.parse(keys) as string[] }));
}
