import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { again, lastOnes } from './coming.ts';
import type { Coming } from './coming.ts';

/** What would come in of a list that was read. */
export type Outcome = {
  /** Records, each key once. */
  records: number;
  /** Sound records that give way to a later one with the same key. */
  repeated: number;
  /** The first and the last day on which something happened; null where the list has no day or no record. */
  days: { first: string; last: string } | null;
  /** Exact sums of the fields of money, as decimal text. */
  totals: { field: string; total: string }[];
  /** Of the records: those whose key does not stand yet; those that change the row that stands; those that change nothing. */
  fresh: number;
  changed: number;
  unchanged: number;
};

/** What a staged list would bring, reckoned by the warehouse. */
export async function outcomeOf(warehouse: Pick<Warehouse, 'query'>, coming: Coming): Promise<Outcome> {
  const { table, fed } = coming.staged;
  const fields = fieldsOf(table).filter(({ name }) => fed.includes(name));
  const day = fields.find(isDay);
  const money = fields.filter(({ type }) => type === 'money');
  const [row] = await warehouse.query<Row>(`
    with ${lastOnes(coming)},
    again as (${again(coming)})
    select
      (select count(*) from sound)::integer - count(*)::integer as repeated,
      count(*)::integer as records,
      ${day ? `min(${day.name})::date::varchar` : 'null::varchar'} as first_day,
      ${day ? `max(${day.name})::date::varchar` : 'null::varchar'} as last_day,
      [${money.map(({ name }) => `coalesce(sum(${name}), 0)::decimal(38,2)::varchar`).join(', ')}]::varchar[] as totals,
      (select count(*) from again where not unchanged)::integer as changed,
      (select count(*) from again where unchanged)::integer as unchanged
    from last_ones`);
  if (row === undefined)
    return { records: 0, repeated: 0, days: null, totals: [], fresh: 0, changed: 0, unchanged: 0 };
  const { records, repeated, first_day: first, last_day: last, totals, changed, unchanged } = row;
  return {
    records,
    repeated,
    days: first === null || last === null ? null : { first, last },
    totals: money.map(({ name }, at) => ({ field: name, total: totals[at] ?? '0' })),
    fresh: records - changed - unchanged,
    changed,
    unchanged,
  };
}

type Row = {
  records: number;
  repeated: number;
  first_day: string | null;
  last_day: string | null;
  totals: string[];
  changed: number;
  unchanged: number;
};

const isDay = ({ type, required }: Field): boolean => required && (type === 'day' || type === 'instant');
