import { Refusal } from '#lib/errors/refusal.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { ErasedList, Listed, Probe } from './erased-list.ts';
import type { Keys } from './keys.ts';
import { hashedAs, pointersOf } from './pointers.ts';
import type { Pointer, PointerKind } from './pointers.ts';

/** Somebody is erased by the hashes of all that a later row may name them by. */
export type Names = Readonly<Partial<Record<PointerKind, readonly string[]>>>;

const BUCKETS = 16_777_215;

/** What is hashed of a value, with the SQL of its kind and the SQL of the value. */
const salted = (kind: string, value: string): string => `$key::varchar || ${kind} || ':' || ${value}`;

/** The hash of a value, given the SQL of what it is hashed as and of itself. */
const hashOf = (kind: string, value: string): string => `sha256(${salted(kind, value)})`;

/** Few of all rows share a bucket with somebody on the list: only those are hashed, which takes twenty times as long. */
const bucketOf = (kind: string, value: string): string =>
  `(hash(${salted(kind, value)}) & ${BUCKETS})::bigint`;

/** The condition that a value is on the list, as text of the SQL above; of every row at worst its bucket is looked at. */
export function isListed(kind: string, value: string, { hasBuckets }: Buckets): string {
  const hashed = `${hashOf(kind, value)} in (select hash from erased_list)`;
  return hasBuckets ? `${bucketOf(kind, value)} in (select bucket from erased_list) and ${hashed}` : hashed;
}

const kindText = (kind: string): string => `'${hashedAs(kind as PointerKind)}'`;

/** What a key gives for a text that never changes. */
export async function probeOf(asker: Pick<Transaction, 'query'>, key: string): Promise<Probe> {
  const [probe] = await asker.query<Probe>(
    `select ${hashOf("'probe'", "''")} as hash, ${bucketOf("'probe'", "''")} as bucket`,
    { key },
  );
  if (!probe) throw new Error('A probe has one row.');
  return probe;
}

/** The hashes of somebody's numbers and contacts. */
export async function hashesOf(
  asker: Pick<Transaction, 'query'>,
  key: string,
  names: Names,
): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const [kind, values] of Object.entries(names))
    listed.push(
      ...(await asker.query<Listed>(
        `select ${hashOf(kindText(kind), 'v.value')} as hash, ${bucketOf(kindText(kind), 'v.value')} as bucket
         from (select unnest($values::varchar[]) as value) v`,
        { key, values: [...values] },
      )),
    );
  return listed;
}

/**
 * Puts the list of the erased into the temporary table `erased_list`; says whether its buckets can be used.
 * Throws Refusal erased_key_lost when it was made with another key: then nobody on it would be found.
 */
export async function bringList(
  transaction: Transaction,
  list: Pick<ErasedList, 'all' | 'probe'>,
  keys: Keys,
): Promise<Buckets> {
  const known = list.probe();
  const probe = await probeOf(transaction, keys.hash);
  if (known !== undefined && known.hash !== probe.hash) throw new Refusal('erased_key_lost', {});
  const all = list.all();
  await transaction.run(
    `create or replace temporary table erased_list as
     select unnest($hashes::varchar[]) as hash, unnest($buckets::bigint[]) as bucket`,
    { hashes: all.map(({ hash }) => hash), buckets: all.map(({ bucket }) => bucket) },
  );
  return { hasBuckets: known?.bucket === probe.bucket };
}

/** Whether the buckets of the list are those that this engine gives. */
export type Buckets = { hasBuckets: boolean };

/** Rows of which some may be of the erased: a relation with `batch_id`, `line` and the columns of the pointers. */
export type Suspects = { from: string; pointers: readonly Pointer[] };

/** The rows of a list in `raw`. */
export const rawRows = (table: TableName): Suspects => ({
  from: `raw.${table}`,
  pointers: pointersOf(table),
});

/** Makes the temporary table `erased_rows`, empty: batch_id, line, and whether the row is their own or names them as a partner. */
export async function beginRows(transaction: Transaction): Promise<void> {
  await transaction.run(
    'create or replace temporary table erased_rows (batch_id bigint, line bigint, is_own boolean)',
  );
}

/** Adds to `erased_rows` those of somebody on the list; returns how many. */
export async function addRows(
  transaction: Transaction,
  { from, pointers }: Suspects,
  keys: Keys,
  { hasBuckets }: Buckets,
): Promise<number> {
  if (pointers.length === 0) return 0;
  const suspected = pointers.map(({ kind, column }) => {
    const value = `${column}::varchar`;
    const known = hasBuckets
      ? `and ${bucketOf(kindText(kind), value)} in (select bucket from erased_list)`
      : '';
    return `select batch_id, line, ${kindText(kind)} as hashed_as, ${value} as value, ${kind !== 'partner'} as is_own
      from ${from} where ${column} is not null ${known}`;
  });
  const [added] = await transaction.query<Record<string, number>>(
    `insert into erased_rows
     select s.batch_id, s.line, bool_or(s.is_own)
     from (${suspected.join(' union all ')}) s
     where ${hashOf('s.hashed_as', 's.value')} in (select hash from erased_list)
     group by s.batch_id, s.line`,
    { key: keys.hash },
  );
  return Number(Object.values(added ?? {})[0] ?? 0);
}
