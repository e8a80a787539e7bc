import { originColumns } from '#lib/exports/ddl.ts';
import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Transaction } from '../warehouse.ts';
import { turnedRows } from './touched.ts';
import type { Touched } from './touched.ts';

/**
 * The lists that models read, and the fields by which their rows are tied to each other: rows that name the same lead, the
 * same customer, the same order or the same telephone, be it one of several in a cell, are of one family, and so is who brought
 * a lead and whom somebody decided to be the same client or not.
 */
const ties = {
  leads: { lead_id: 'lead', customer_id: 'customer', referrer_customer_id: 'customer', phone: 'phone' },
  visits: { lead_id: 'lead', customer_id: 'customer', order_id: 'order' },
  orders: { order_id: 'order', lead_id: 'lead', customer_id: 'customer' },
  upsells: { order_id: 'order' },
  payments: { order_id: 'order' },
  customers: { customer_id: 'customer', phone: 'phone', partner_phone: 'phone' },
  client_decisions: { customer_a: 'customer', lead_a: 'lead', customer_b: 'customer', lead_b: 'lead' },
  campaign_days: {},
  events: {},
} as const satisfies Partial<Record<TableName, Readonly<Record<string, string>>>>;

type Tied = keyof typeof ties;

const tiedTables = Object.keys(ties) as readonly Tied[];
const tiesOf = (table: Tied): [field: string, kind: string][] => Object.entries(ties[table]);
const fields = [...new Set(tiedTables.flatMap((table) => tiesOf(table).map(([field]) => field)))];

/** Whether a list is one whose rows are of families. */
export function isTied(table: string): table is Tied {
  return Object.hasOwn(ties, table);
}

/**
 * Gathers the families of all touched rows, as they were before and as they are now, in temporary tables
 * `family_<list>` with the columns of `exports.<list>`, and whether each row `counted_before` and `counts_now`.
 * False, when they would be more than `most` rows.
 */
export async function gatherFamilies(
  transaction: Transaction,
  touched: Touched,
  most: number,
): Promise<boolean> {
  await transaction.run(`
    create or replace temporary table family_rows (
      table_name varchar, row_id bigint, is_turned boolean, round int, ${fields.map((field) => `${field} varchar`).join(', ')}
    );
    create or replace temporary table family_ids (kind varchar, id varchar, round int);
    insert into family_rows ${tiedTables.map((table) => turnedRows(table, touched, columnsOf(table, true, 0))).join(' union all ')}`);
  for (let round = 0; await newIds(transaction, round); round += 1) {
    if ((await rowsOf(transaction, 'family_rows')) > most) return false;
    await transaction.run(`
      insert into family_rows
      select distinct n.* from (${tiedTables.flatMap((table) => namingRows(table, round)).join(' union all ')}) n
      anti join family_rows k on k.table_name = n.table_name and k.row_id = n.row_id`);
  }
  for (const table of tiedTables) await transaction.run(familyOf(table));
  return true;
}

/** Keeps the leads, customers and orders that the rows found last name for the first time; false when there is none. */
async function newIds(transaction: Transaction, round: number): Promise<boolean> {
  const named = tiedTables.flatMap((table) =>
    tiesOf(table).flatMap(([field, kind]) => {
      const found = `from family_rows where table_name = '${table}' and round = ${round}`;
      const several = `select '${kind}' as kind, unnest(phones_of(${field})) as id ${found} and ${holdsSeveral(field)}`;
      return [`select '${kind}' as kind, ${field} as id ${found}`, ...(kind === 'phone' ? [several] : [])];
    }),
  );
  const [inserted] = await transaction.query<Record<string, number>>(`
    insert into family_ids
    select distinct n.kind, n.id, ${round} from (${named.join(' union all ')}) n
    anti join family_ids k on k.kind = n.kind and k.id = n.id
    where n.id is not null`);
  return Number(Object.values(inserted ?? {})[0]) > 0;
}

/** Selects of the rows that count and name what came new in a round; by their own key those that are not known yet. */
function namingRows(table: Tied, round: number): string[] {
  return tiesOf(table).flatMap(([field, kind]) => {
    const isKey = keyOf(table).includes(field);
    const known = `select ${field} from family_rows where table_name = '${table}'`;
    const columns = columnsOf(table, false, round + 1);
    const same = `
      select ${columns} from raw.${table} r
      semi join (
        select id from family_ids where kind = '${kind}' and round = ${round} ${isKey ? `and id not in (${known})` : ''}
      ) i on i.id = r.${field}
      where r.counts`;
    const several = `
      select ${columns} from raw.${table} r
      where r.counts and ${holdsSeveral(`r.${field}`)} and list_has_any(
        phones_of(r.${field}), (select list(id) from family_ids where kind = 'phone' and round = ${round}))`;
    return kind === 'phone' ? [same, several] : [same];
  });
}

/** Longer than any telephone: then a cell may hold several. */
const holdsSeveral = (field: string): string => `char_length(${field}) > 16`;

function columnsOf(table: Tied, isTurned: boolean, round: number): string {
  const named = fields.map(
    (field) => `${Object.hasOwn(ties[table], field) ? `r.${field}` : 'null'} as ${field}`,
  );
  return `'${table}' as table_name, r.rowid as row_id, ${isTurned} as is_turned, ${round} as round, ${named.join(', ')}`;
}

function familyOf(table: Tied): string {
  const columns = [...fieldsOf(table).map(({ name }) => name), ...originColumns];
  return `create or replace temporary table family_${table} as
    select ${columns.map((name) => `r.${name}`).join(', ')}, r.counts <> f.is_turned as counted_before, r.counts as counts_now
    from raw.${table} r join family_rows f on f.table_name = '${table}' and f.row_id = r.rowid`;
}

/** How many rows of the lists that models read were turned. */
export function rowsTurned(transaction: Transaction, touched: Touched): Promise<number> {
  const all = tiedTables.map((table) => turnedRows(table, touched, '1'));
  return rowsOf(transaction, `(${all.join(' union all ')})`);
}

/** About how many rows the lists hold. */
export async function rowsOfLists(transaction: Transaction): Promise<number> {
  const [stored] = await transaction.query<{ rows: number }>(
    `select coalesce(sum(estimated_size), 0)::bigint as rows from duckdb_tables()
     where schema_name = 'raw' and table_name in (${tiedTables.map((table) => `'${table}'`).join(', ')})`,
  );
  return stored?.rows ?? 0;
}

async function rowsOf(transaction: Transaction, from: string): Promise<number> {
  const [counted] = await transaction.query<{ rows: number }>(`select count(*) as rows from ${from} f`);
  return counted?.rows ?? 0;
}
