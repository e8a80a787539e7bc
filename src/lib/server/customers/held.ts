import { fieldsOf, keyOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { boundBy, restricted } from '../reports/restrict.ts';
import { currentTexts } from '../reports/texts.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { idsOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { listsOfPeople, pointersOf } from './pointers.ts';
import type { Client, Subject } from './subject.ts';

/** A record that is held on somebody: its list, when it happened (the firm's wall clock), and its fields as text. */
export type Held = {
  list: TableName | 'referred';
  at: string | null;
  fields: Readonly<Record<string, string | null>>;
  /** Unknown columns that the export brought along. */
  extra: Readonly<Record<string, string | null>>;
  /** The import that brought it, and its line there. */
  batch: number;
  line: number;
};

/** Everything that is held on a subject, as far as the viewer may see it: the oldest first, what has no time before it. */
export async function heldOn(
  warehouse: Pick<Warehouse, 'query'>,
  { customerId, reach }: Subject,
  ids: Ids,
): Promise<Held[]> {
  const isWhole = reach.extent === 'house';
  const referred = restricted(
    { header: { restrictsItself: false }, body: REFERRED },
    reach.extent,
    currentTexts().models,
  );
  const lists = listsOfPeople.filter((list) => isWhole || list !== 'client_decisions');
  const selects = [...lists.map((list) => recordsOf(list, isWhole)), `select * from (${referred}) r`];
  const rows = await warehouse.query<{
    list: Held['list'];
    at: string | null;
    record: string;
    extra: string | null;
    batch: number;
    line: number;
  }>(`select * from (${selects.join(' union all ')}) h order by h.at nulls first, h.list, h.id`, {
    ...ids,
    ...boundBy(reach, referred),
    referrer: customerId,
  });
  return rows.map(({ list, at, record, extra, batch, line }) => ({
    list,
    at,
    batch,
    line,
    fields: JSON.parse(record) as Held['fields'],
    extra: extra === null ? {} : (JSON.parse(extra) as Held['extra']),
  }));
}

/** The same of everybody who is one client, each record once, with the key of whom it is held on. */
export async function heldOnClient(
  warehouse: Pick<Warehouse, 'query'>,
  client: Client,
): Promise<(Held & { of: string })[]> {
  const held = new Map<string, Held & { of: string }>();
  for (const subject of client)
    for (const record of await heldOn(warehouse, subject, await idsOf(warehouse, subject))) {
      const place = placeOf(record);
      if (!held.has(place)) held.set(place, { ...record, of: subject.key });
    }
  return [...held.values()].toSorted((a, b) => byTime(a.at, b.at));
}

/** Where a record stands: its list, its import and its line there. */
export const placeOf = ({ list, batch, line }: Pick<Held, 'list' | 'batch' | 'line'>): string =>
  `${list} ${batch} ${line}`;

/** The oldest first, what has no time before it. */
const byTime = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1;

/** By which numbers a list's records are found; only the owner sees what names a customer and no journey that one may see. */
function recordsOf(table: TableName, isWhole: boolean): string {
  const own = new Set<TableName>(['customers', 'cards', 'referral_rewards']);
  const strange = table === 'referral_rewards' ? ['order'] : [];
  const found = pointersOf(table).flatMap(({ kind, column }) => {
    if (kind === 'phone' || kind === 'wechat' || kind === 'partner' || strange.includes(kind)) return [];
    if (kind === 'customer' && !isWhole && !own.has(table)) return [];
    return [`list_contains($${kind}::varchar[], t.${column}::varchar)`];
  });
  const fields = fieldsOf(table);
  const moment = fields.find(
    ({ required, key, type }) => required && !key && (type === 'instant' || type === 'day'),
  );
  const key = keyOf(table).map((name) => `t.${name}::varchar`);
  return `
    select '${table}' as list, ${moment ? `t.${moment.name}::timestamp` : 'null::timestamp'} as at,
      concat_ws(' ', ${key.join(', ')}) as id, ${recordOf(table)} as record, t.extra as extra,
      t.batch_id as batch, t.line as line
    from exports.${table} t
    where ${found.join(' or ')}`;
}

/** A row of a list, with the alias t, as a JSON object of its fields as text. */
export const recordOf = (table: TableName): string =>
  `json_object(${fieldsOf(table)
    .map(({ name }) => `'${name}', t.${name}::varchar`)
    .join(', ')})::varchar`;

/** Whom they brought, of those whom the viewer may see: that somebody came, and when; who it is stands in a file of their own. */
const REFERRED = `
  select 'referred' as list, t.created_at::timestamp as at, t.lead_id as id,
    json_object('lead_id', t.lead_id, 'created_at', t.created_at::varchar, 'channel', t.channel)::varchar as record,
    null::varchar as extra, t.batch_id as batch, t.line as line
  from exports.leads t
  where t.referrer_customer_id = $referrer::varchar`;
