import type { Warehouse } from '../../warehouse/warehouse.ts';
import { broughtList, emptiedNames, unfed } from '../emptied.ts';
import type { Emptied } from '../emptied.ts';
import type { StagedList } from '../stage/task.ts';
import { again, lastOnes } from './coming.ts';
import type { Coming } from './coming.ts';

/** What records that stand would lose to a staged list, the most frequent first. */
export async function lossesTo(warehouse: Pick<Warehouse, 'query'>, coming: Coming): Promise<Emptied[]> {
  return lossesIn(warehouse, `with ${lastOnes(coming)} select emptied from (${again(coming)})`);
}

/** What all records that stand would lose, should every one of them come again in a list: no more can be lost to it. */
export async function lossesAtMost(
  warehouse: Pick<Warehouse, 'query'>,
  { table, ...brings }: Pick<StagedList, 'table' | 'fed' | 'headers'>,
): Promise<Emptied[]> {
  const emptied = emptiedNames(unfed(table, brings), 'o', broughtList(brings));
  return lossesIn(warehouse, `select ${emptied} as emptied from raw.${table} o where o.counts`);
}

function lossesIn(warehouse: Pick<Warehouse, 'query'>, emptied: string): Promise<Emptied[]> {
  return warehouse.query<Emptied>(
    `select field, count(*)::integer as records from (select unnest(emptied) as field from (${emptied}))
     group by field order by records desc, field`,
  );
}
