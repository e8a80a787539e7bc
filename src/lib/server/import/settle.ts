import { keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Touched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { comingAgain } from './coming-again.ts';
import { sameKey } from './contents.ts';
import type { Brings } from './emptied.ts';

/** What became of the records of a batch that were not rejected. */
export type Settled = {
  loaded: number;
  replaced: number;
  unchanged: number;
  superseded: number;
  suppressed: number;
};

/**
 * A batch that is about to come in: what its file has, and its records, a relation as `stagedRows` gives it. `suppresses`:
 * those whose lines stand in the temporary table `erased_rows` are of people who were erased, and are counted apart.
 */
export type Coming = {
  table: TableName;
  batch: number;
  brings: Brings;
  records: string;
  suppresses: boolean;
};

/** The lines of the batch being settled whose records do not count, though nothing is wrong with them; temporary, dropped once they are stored. */
export const SET_ASIDE = 'set_aside';

/**
 * Decides which records of a batch will count and leaves the others' lines in `set_aside`. Of equal keys in the file the
 * last one counts. A row that stands in the warehouse already is replaced; when nothing in it has changed the older one
 * goes on counting, so that importing a list again leaves everything as it was, the day a row was first seen included
 * (unless it was impossible on that day). A row counts whole: what the one that it replaces has and the file does not is
 * noted in `raw.emptied`. The same rule as `stand`, which reckons it anew.
 *
 * This is done before the records are stored: DuckDB takes rows that the same transaction has written for none, and would
 * hold all of them in memory to find the few that stand already.
 */
export async function settle(transaction: Transaction, coming: Coming, touched: Touched): Promise<Settled> {
  const { table, batch, records, suppresses } = coming;
  touched.came(table, batch);
  const sound = `(select * from (${records}) where problem is null)`;
  const accepted = await count(transaction, `select count(*) as n from ${sound}`);
  await transaction.run(`create temporary table ${SET_ASIDE} as ${supersededLines(table, sound)}`);
  const superseded = await count(transaction, `select count(*) as n from ${SET_ASIDE}`);
  const last = superseded === 0 ? sound : `(from ${sound} s anti join ${SET_ASIDE} a on a.line = s.line)`;
  const suppressed = suppresses
    ? await count(transaction, `select count(*) as n from ${last} where line in (${SUPPRESSED})`)
    : 0;
  const again = await meetStanding(transaction, { ...coming, records: last }, touched);
  const others = accepted - superseded - suppressed;
  return { loaded: others - again.replaced - again.unchanged, ...again, superseded, suppressed };
}

const SUPPRESSED = 'select e.line from erased_rows e';

function supersededLines(table: TableName, sound: string): string {
  const key = keyOf(table).join(', ');
  return `
    select s.line
    from ${sound} s
    join (select ${key}, max(line) as last_line from ${sound} group by ${key} having count(*) > 1) d
      on ${sameKey(table, 's', 'd')} and s.line < d.last_line`;
}

async function meetStanding(
  transaction: Transaction,
  { table, batch, brings, records, suppresses }: Coming,
  touched: Touched,
): Promise<Pick<Settled, 'replaced' | 'unchanged'>> {
  const standing = `(select * from raw.${table} where counts)`;
  const again = comingAgain(table, { fresh: records, standing, brings });
  await transaction.run(`create temporary table coming_again as ${again}`);
  await transaction.run(
    `insert into ${SET_ASIDE} select new_line from coming_again where unchanged and as_possible`,
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
  const others = suppresses ? `and new_line not in (${SUPPRESSED})` : '';
  const those = (how: string) => `select count(*) as n from coming_again where ${how} ${others}`;
  const unchanged = await count(transaction, those('unchanged'));
  const replaced = await count(transaction, those('not unchanged'));
  await transaction.run('drop table coming_again');
  return { replaced, unchanged };
}

/** The one number of a `select … as n`. */
async function count(transaction: Transaction, sql: string): Promise<number> {
  const [row] = await transaction.query<{ n: number }>(sql);
  return Number(row?.n ?? 0);
}
