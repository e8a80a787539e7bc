import type { Adding, Header } from '../../reports/header.ts';
import type { Transaction } from '../warehouse.ts';

/** What became of a stored model; `unlike`: what is stored is not what the difference needs, it must be built anew. */
export type Outcome = 'same' | 'changed' | 'unlike';

/** Puts the rows of `after_<model>` in the place of those of `before_<model>`; of a view there is nothing to change. */
export async function replaceRows(
  transaction: Transaction,
  model: string,
  header: Pick<Header, 'grain' | 'columns'>,
  isView: boolean,
): Promise<Outcome> {
  await transaction.run(`
    create or replace temporary table changed as
    select * exclude (_side), sum(_side) as _side
    from (select *, -1 as _side from before_${model} union all by name select *, 1 as _side from after_${model}) sides
    group by all
    having sum(_side) <> 0;
    create or replace temporary table gone as select * exclude (_side) from changed where _side < 0;
    create or replace temporary table come as select * exclude (_side) from changed where _side > 0`);
  return exchange(transaction, model, sameGrain(header, 'm', 'g'), isView);
}

/**
 * Adds to each row of a model what its families bring now, and takes away what they brought before. A greatest value that
 * they brought and bring no more may be that of others too: then the model is `unlike`.
 */
export async function addUp(
  transaction: Transaction,
  model: string,
  header: Pick<Header, 'grain' | 'columns'>,
  { sum, greatest }: Adding,
): Promise<Outcome> {
  const keys = header.grain.join(', ');
  const same = sameGrain(header, 'm', 'd');
  const max = greatest ?? 'null::int';
  await transaction.run(`
    create or replace temporary table difference as
    select ${keys}, sum(added) as added, max(old_max) as old_max, max(new_max) as new_max
    from (
      select ${keys}, -${sum} as added, ${max} as old_max, null as new_max from before_${model}
      union all
      select ${keys}, ${sum} as added, null as old_max, ${max} as new_max from after_${model}
    ) sides
    group by ${keys}
    having sum(added) <> 0 or max(old_max) is distinct from max(new_max);
    create or replace temporary table gone as
    select m.*, m.rowid as place from ${model} m semi join difference d on ${same};
    create or replace temporary table come as
    select ${header.grain.map((key) => `d.${key}`).join(', ')}, coalesce(m.${sum}, 0) + d.added as ${sum}
      ${greatest === null ? '' : `, greatest(m.${greatest}, d.new_max) as ${greatest}`}
    from difference d left join gone m on ${same}
    where coalesce(m.${sum}, 0) + d.added <> 0`);
  const lost =
    greatest === null
      ? 'false'
      : `d.old_max >= m.${greatest} and (d.new_max < d.old_max or d.new_max is null) and m.${sum} + d.added <> 0`;
  const [unlike] = await transaction.query(
    `select 1 from difference d left join gone m on ${same}
     where coalesce(m.${sum}, 0) + d.added < 0 or ${lost} limit 1`,
  );
  if (unlike) return 'unlike';
  return exchange(transaction, model, 'm.rowid = g.place');
}

/** Takes the rows of `gone` out of a model and puts those of `come` in. */
async function exchange(
  transaction: Transaction,
  model: string,
  same: string,
  isView = false,
): Promise<Outcome> {
  const [rows] = await transaction.query<{ gone: number; come: number }>(
    'select (select count(*) from gone) as gone, (select count(*) from come) as come',
  );
  if (!rows || rows.gone + rows.come === 0) return 'same';
  if (isView) return 'changed';
  if (rows.gone > 0) {
    const [deleted] = await transaction.query<Record<string, number>>(
      `delete from ${model} as m using gone g where ${same}`,
    );
    if (Number(Object.values(deleted ?? {})[0]) !== rows.gone) return 'unlike';
  }
  if (rows.come > 0) await transaction.run(`insert into ${model} by name select * from come`);
  return 'changed';
}

function sameGrain({ grain, columns }: Pick<Header, 'grain' | 'columns'>, a: string, b: string): string {
  const isFilled = (key: string) => columns.some(({ name, notNull }) => name === key && notNull);
  return grain
    .map((key) => `${a}.${key} ${isFilled(key) ? '=' : 'is not distinct from'} ${b}.${key}`)
    .join(' and ');
}
