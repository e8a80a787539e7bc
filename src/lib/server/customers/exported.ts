import type { TableName } from '#lib/exports/tables.ts';
import type { App } from '../app.ts';
import { tried } from '../warehouse/tried.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { heldOnClient, placeOf, recordOf } from './held.ts';
import type { Held } from './held.ts';
import { idsOfClient } from './ids.ts';
import type { Ids } from './ids.ts';
import { contactsIn, knownBy, notesNaming, viewsNaming } from './known.ts';
import { findPlaces } from './places.ts';
import type { Client } from './subject.ts';

/** A record of a list: the number of the import that brought it, its line there, its fields, and columns unknown to the lists. */
type Told = {
  list: Held['list'];
  import: number;
  line: number;
  fields: Record<string, string>;
  more?: Record<string, string>;
};

/** What became of a record: it counts, its import was withdrawn, it was rejected, or a later record replaced it. */
type State = 'counts' | 'withdrawn' | 'rejected' | 'replaced';

/**
 * Everything that is held on a client, as it is handed to them: on `customer` and on all `persons` of the lists that are the
 * same client. `records` count now. `kept` stand in imports beside them: records that do not count, and those that name
 * somebody by a telephone or WeChat name alone. Where such a record is another client's (it has a customer number of its own,
 * or somebody decided that it is another: `by_contact`), or names them as a partner, only what says so is given. `rejected`
 * are records that could not be taken in, as they stood in the file: one that could not be divided may hold others too.
 * `notes` and saved `views` call them by name.
 */
export type Exported = {
  customer: string;
  persons: string[];
  as_of: string;
  records: (Told & { at: string | null })[];
  kept: (Told & { state: State; as_partner: boolean; by_contact: boolean })[];
  rejected: { import: number; line: number; file: string; text: string | null; reasons: string[] }[];
  notes: { week: string; text: string }[];
  views: { name: string; address: string }[];
};

/** What is held on a client, as a file, found where erasing finds it: empty fields are left out. */
export async function exportedOf(app: App, client: Client): Promise<Exported> {
  return tried(app.warehouse, async (transaction) => {
    const held = await heldOnClient(transaction, client);
    const { those, keys, names, called } = await knownBy(app, transaction, client);
    const ids = await idsOfClient(transaction, client);
    const persons = client.map(({ key }) => key);
    const contacts = contactsIn(names);
    const told = [...contacts, ...called];
    const { rows } = await findPlaces(transaction, those, keys);
    const counted = new Set(held.map(placeOf));
    const kept: Kept[] = [];
    for (const { table } of rows) kept.push(...(await keptIn(transaction, table, ids, persons)));
    return {
      customer: client[0].key,
      persons,
      as_of: app.clock().toISOString(),
      records: held.map(({ at, ...record }) => ({ ...toldOf(record), at })),
      kept: kept
        .filter((record) => !counted.has(placeOf(record)))
        .map(({ state, is_own, by_contact, record, extra, ...place }) => ({
          ...toldOf({
            ...place,
            fields: partOf(JSON.parse(record) as Held['fields'], { is_own, by_contact }, contacts),
            extra: extra === null || !is_own || by_contact ? {} : (JSON.parse(extra) as Held['extra']),
          }),
          state,
          as_partner: !is_own,
          by_contact,
        })),
      rejected: await transaction.query<Exported['rejected'][number]>(REJECTED),
      notes: notesNaming(app.notes.kept(), told).map(({ week, text }) => ({ week, text })),
      views: viewsNaming(app.views.kept(), told).map(({ name, address }) => ({ name, address })),
    };
  });
}

type Place = Pick<Held, 'list' | 'batch' | 'line'>;
type Whose = { is_own: boolean; by_contact: boolean };
type Kept = Place & Whose & { state: State; record: string; extra: string | null };

/** The rows of a list in `erased_rows`, whatever became of them. */
async function keptIn(
  asker: Pick<Transaction, 'query'>,
  table: TableName,
  { customer, lead }: Ids,
  persons: string[],
): Promise<Kept[]> {
  const text = `
  with others as (
    select case when list_contains($persons::varchar[], d.first_id) then d.second_id else d.first_id end as person_id
    from decided_pairs d
    where d.is_latest and d.decision = 'different'
      and list_contains($persons::varchar[], d.first_id) <> list_contains($persons::varchar[], d.second_id)
  )
  select '${table}' as list, t.batch_id as batch, t.line as line, ${recordOf(table)} as record, t.extra as extra,
    e.is_own as is_own, ${anothers[table] ?? 'false'} as by_contact,
    case
      when t.counts then 'counts'
      when b.withdrawn_at is not null then 'withdrawn'
      when t.problem is not null then 'rejected'
      else 'replaced'
    end as state
  from raw.${table} t
  join erased_rows e on e.batch_id = t.batch_id and e.line = t.line
  join raw.batches b on b.batch_id = t.batch_id and b.table_name = '${table}'
  order by t.batch_id, t.line`;
  const given = { customer, lead, persons };
  const named = Object.entries(given).filter(([name]) => text.includes(`$${name}::`));
  return asker.query<Kept>(text, Object.fromEntries(named));
}

/** Whether a row that bears a contact of somebody is another client's, of the lists that have contacts. */
const anothers: Readonly<Partial<Record<TableName, string>>> = {
  leads: `e.is_own and not list_contains($lead::varchar[], t.lead_id)
    and not coalesce(list_contains($customer::varchar[], t.customer_id), false)
    and (t.customer_id is not null or 'L:' || t.lead_id in (select o.person_id from others o))`,
  customers: 'e.is_own and not list_contains($customer::varchar[], t.customer_id)',
};

const REJECTED = `
  select r.batch_id as "import", r.line as line, b.file as file, max(r.raw_text) as text,
    list(distinct r.reason order by r.reason) as reasons
  from erased_rejects e
  join raw.rejects r on r.batch_id = e.batch_id and r.line = e.line
  join raw.batches b on b.batch_id = r.batch_id
  group by r.batch_id, r.line, b.file
  order by r.batch_id, r.line`;

/** Of another client's record only the contact that it shares, or what calls its partner. */
function partOf(fields: Held['fields'], { is_own, by_contact }: Whose, contacts: string[]): Held['fields'] {
  if (is_own && !by_contact) return fields;
  const given = Object.entries(fields).filter(([name, value]) =>
    is_own ? value !== null && contacts.includes(value) : name.startsWith('partner_'),
  );
  return Object.fromEntries(given);
}

function toldOf({ list, batch, line, fields, extra }: Omit<Held, 'at'>): Told {
  const more = filled(extra);
  return {
    list,
    import: batch,
    line,
    fields: filled(fields),
    ...(Object.keys(more).length === 0 ? {} : { more }),
  };
}

function filled(fields: Held['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
