import { join } from 'node:path';
import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { StagedList } from '../stage/task.ts';
import { literal } from '../values/text.ts';

/** What would come in of a list that was read, were it imported into nothing. */
export type Outcome = {
  /** Records, each key once. */
  records: number;
  /** Sound records that give way to a later one with the same key. */
  repeated: number;
  /** The first and the last day on which something happened; null where the list has no day or no record. */
  days: { first: string; last: string } | null;
  /** Exact sums of the fields of money, as decimal text. */
  totals: { field: string; total: string }[];
};

/** What a staged list in a folder would bring, reckoned by the warehouse. */
export async function outcomeOf(
  warehouse: Pick<Warehouse, 'query'>,
  folder: string,
  { table, rows, numbered, fed }: StagedList,
): Promise<Outcome> {
  const fields = fieldsOf(table).filter(({ name }) => fed.includes(name));
  const day = fields.find(isDay);
  const money = fields.filter(({ type }) => type === 'money');
  const key = keyOf(table).filter((name) => fed.includes(name));
  const place = numbered ? 'line' : 'file_row_number';
  const [row] = await warehouse.query<Row>(`
    with sound as (
      select *, ${place} as place
      from read_parquet(${literal(join(folder, rows))}, file_row_number = true)
      where problem is null
    ),
    last_ones as (
      select * from sound
      qualify row_number() over (partition by ${key.join(', ')} order by place desc) = 1
    )
    select
      (select count(*) from sound)::integer - count(*)::integer as repeated,
      count(*)::integer as records,
      ${day ? `min(${day.name})::date::varchar` : 'null::varchar'} as first_day,
      ${day ? `max(${day.name})::date::varchar` : 'null::varchar'} as last_day,
      [${money.map(({ name }) => `coalesce(sum(${name}), 0)::decimal(38,2)::varchar`).join(', ')}]::varchar[] as totals
    from last_ones`);
  if (row === undefined) return { records: 0, repeated: 0, days: null, totals: [] };
  const { records, repeated, first_day: first, last_day: last, totals } = row;
  return {
    records,
    repeated,
    days: first === null || last === null ? null : { first, last },
    totals: money.map(({ name }, at) => ({ field: name, total: totals[at] ?? '0' })),
  };
}

type Row = {
  records: number;
  repeated: number;
  first_day: string | null;
  last_day: string | null;
  totals: string[];
};

const isDay = ({ type, required }: Field): boolean => required && (type === 'day' || type === 'instant');
