import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { Keys } from './keys.ts';
import { listsOfPeople } from './pointers.ts';
import { erasedColumns, freeTexts, MARK, namingColumns } from './pseudonym.ts';

/** Lists whose unknown columns figures may be divided by. */
const DIVIDED: readonly TableName[] = ['leads', 'visits', 'orders'];

/** Names of one character stand in too many words. */
export const SHORTEST_NAME = 2;

/** What the rows of a list need to be rewritten, see `erasedColumns`. */
export type Rewriting = { alias: string; names: string[]; kept: string[]; taken: string[] };

/** The unknown columns of a list that stay as they are. */
export async function keptColumns(asker: Pick<Transaction, 'query'>, table: TableName): Promise<string[]> {
  if (!DIVIDED.includes(table)) return [];
  const rows = await asker.query<{ field: string }>(
    'select s.field as field from segment_fields s where s.is_extra and not s.is_personal order by s.field',
  );
  return rows.map(({ field }) => field).filter((field) => !isPersonalHeader(field));
}

/** The pseudonyms that texts of a list's records have taken. */
export async function takenIn(asker: Pick<Transaction, 'query'>, table: TableName): Promise<string[]> {
  const texts = freeTexts(table).map((column) => `select r.${column} as text from raw.${table} r`);
  const rows = await asker.query<{ text: string }>(
    `select distinct t.text as text
     from (
       select unnest(json_extract_string(r.extra, '$.*')) as text from raw.${table} r where contains(r.extra, '${MARK}')
       ${texts.map((one) => `union all ${one}`).join(' ')}
     ) t
     where starts_with(t.text, '${MARK}')`,
  );
  return rows.map(({ text }) => text);
}

/** What the own rows in `erased_rows` call somebody, in a relation of each list that `fromOf` gives. */
export async function namesIn(
  asker: Pick<Transaction, 'query'>,
  fromOf: (table: TableName) => string | null,
): Promise<string[]> {
  const called = listsOfPeople.flatMap((table) => {
    const from = fromOf(table);
    return from === null
      ? []
      : namingColumns(table).map(
          (column) => `select r.${column}::varchar as name from ${from} r
            join erased_rows e on e.is_own and e.batch_id = r.batch_id and e.line = r.line`,
        );
  });
  if (called.length === 0) return [];
  const rows = await asker.query<{ name: string }>(
    `select distinct c.name as name from (${called.join(' union all ')}) c
     where length(c.name) >= ${SHORTEST_NAME} and not starts_with(c.name, '${MARK}') order by name`,
  );
  return rows.map(({ name }) => name);
}

/** Rewrites the rows of a list in `raw` that stand in `erased_rows`. */
export async function eraseRaw(
  transaction: Transaction,
  table: TableName,
  rewriting: Rewriting,
): Promise<void> {
  const set = erasedColumns(table, 'r').map(
    ({ name, value, isPartners }) =>
      `${name} = ${isPartners ? value : `case when e.is_own then ${value} else r.${name} end`}`,
  );
  const text = `update raw.${table} as r set ${set.join(', ')}
    from erased_rows e where e.batch_id = r.batch_id and e.line = r.line`;
  await transaction.run(text, given(text, rewriting));
}

/** The query of a list's rows, given as a query with their `line`, in which those in `erased_rows` are rewritten. */
export function withoutErased(table: TableName, rows: string, columns: readonly string[]): string {
  const erased = new Map(erasedColumns(table, 's').map((column) => [column.name, column]));
  const written = columns.map((name) => {
    const column = erased.get(name);
    if (column === undefined) return `s.${name}`;
    const { value, isPartners } = column;
    return `case when ${isPartners ? 'e.line is not null' : 'e.is_own'} then ${value} else s.${name} end as ${name}`;
  });
  return `select ${written.join(', ')} from (${rows}) s left join erased_rows e on e.line = s.line`;
}

/** Of what a rewriting gives, what a text names. */
export function given(text: string, rewriting: Rewriting): Arguments {
  return Object.fromEntries(Object.entries(rewriting).filter(([name]) => text.includes(`$${name}::`)));
}

/** How a list is rewritten under these keys. */
export const rewritingWith = (
  { alias }: Keys,
  names: string[],
  kept: string[],
  taken: string[] = [],
): Rewriting => ({ alias, names, kept, taken });
