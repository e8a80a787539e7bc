import type { TableName } from '#lib/exports/tables.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import { withArguments } from '../warehouse/parameters.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { ErasedList } from './erased-list.ts';
import { eraseRejects, findRejects } from './erase-rejects.ts';
import { given, keptColumns, namesIn, rewritingWith, takenIn, withoutErased } from './erase-rows.ts';
import type { Keys } from './keys.ts';
import { addRows, beginRows, bringList } from './listed.ts';
import { pointersOf } from './pointers.ts';

/** Whom a studio has erased, and the keys by which they are found again. */
export type Erasure = { list: ErasedList; keys: () => Keys };

/** The rows of a list on their way into `raw`: the query that gives them with their `line`, and the fields that it fills. */
export type Arriving = { table: TableName; batch: number; rows: string; fed: readonly string[] };

/** What an import does about the erased whom it brings. */
export type Suppression = {
  /** The query of the rows as they may come in. */
  rows: string;
  /** Whether any of them is of somebody erased: then the temporary table `erased_rows` names them by `line`. */
  some: boolean;
  /** Erases what the batch rejected, once it stands in the warehouse and in the ledger; returns its lines. */
  rejects(): Promise<number[]>;
  /** Forgets who was found, once the batch is settled. */
  end(): Promise<void>;
};

const ROW = ['extra', 'line', 'imported_on', 'problem', 'zoned', 'rounded'] as const;

/**
 * Keeps erased whoever is: their rows come in and count, under the pseudonyms that they have. Costs nothing while nobody
 * was ever erased, else a look at the ids and contacts of each row. Throws Refusal erased_key_lost.
 */
export async function suppress(
  transaction: Transaction,
  { list, keys }: Erasure,
  { table, batch, rows, fed }: Arriving,
): Promise<Suppression> {
  const asItIs: Suppression = {
    rows,
    some: false,
    rejects: () => Promise.resolve([]),
    end: () => Promise.resolve(),
  };
  const pointers = pointersOf(table).filter(({ column }) => fed.includes(column));
  if (list.isEmpty()) return asItIs;
  const own = keys();
  const buckets = await bringList(transaction, list, own);
  await beginRows(transaction);
  const from = `(select *, ${batch}::bigint as batch_id from (${rows}))`;
  const some = (await addRows(transaction, { from, pointers }, own, buckets)) > 0;
  const names = some ? await namesIn(transaction, (other) => (other === table ? from : null)) : [];
  const rejects = async () => {
    const found = await findRejects(transaction, own, { buckets, batch });
    await eraseRejects(transaction, found, { alias: own.alias, names });
    return found.map(({ line }) => line);
  };
  const end = () => transaction.run('drop table erased_rows; drop table erased_list');
  if (!some) return { ...asItIs, rejects, end };
  const columns = [...fieldsOf(table).map(({ name }) => name), ...ROW];
  const text = withoutErased(table, rows, columns);
  const kept = await keptColumns(transaction, table);
  const rewriting = rewritingWith(own, names, kept, await takenIn(transaction, table));
  return { rows: withArguments(text, given(text, rewriting)), some, rejects, end };
}
