import type { App } from '../app.ts';
import type { KeptNote } from '../notes/notes.ts';
import type { KeptView } from '../views/views.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { Listed, Probe } from './erased-list.ts';
import { SHORTEST_NAME } from './erase-rows.ts';
import { idsOfClient } from './ids.ts';
import type { Ids } from './ids.ts';
import { keysOf } from './keys.ts';
import type { Keys } from './keys.ts';
import { hashesOf, probeOf } from './listed.ts';
import type { Names } from './listed.ts';
import { MARK } from './pseudonym.ts';
import type { Client } from './subject.ts';

/** A number that so many records have is not somebody's own: a shop's, or one typed to fill a field. */
const MOST_RECORDS = 20;

/** How somebody is known: their numbers and contacts, what they are called, and the list that finds all of their places. */
export type Known = {
  keys: Keys;
  names: Names;
  called: string[];
  those: { all(): Listed[]; probe(): Probe };
};

/** All that a client may be known by, hashed with the key of the studio. */
export async function knownBy(
  { vault }: Pick<App, 'vault'>,
  transaction: Transaction,
  client: Client,
): Promise<Known> {
  const keys = keysOf(vault);
  const probe = await probeOf(transaction, keys.hash);
  const ids = await idsOfClient(transaction, client);
  const { phone, wechat, called } = await contactsOf(transaction, ids);
  const names: Names = { ...ids, phone, wechat };
  const listed = await hashesOf(transaction, keys.hash, names);
  return { keys, names, called, those: { all: () => listed, probe: () => probe } };
}

/** Telephones and WeChat names. */
export const contactsIn = ({ phone = [], wechat = [] }: Names): string[] => [...phone, ...wechat];

/** The notes that call somebody by a name or a contact. */
export const notesNaming = (notes: readonly KeptNote[], told: readonly string[]): KeptNote[] =>
  notes.filter(({ text }) => isTold(text, told));

/** The saved views that call somebody by a name or a contact, in their own name or in what they ask. */
export const viewsNaming = (views: readonly KeptView[], told: readonly string[]): KeptView[] =>
  views.filter(({ name, address }) => isTold(`${name} ${unescaped(address)}`, told));

const isTold = (text: string, told: readonly string[]): boolean =>
  told.some((name) => name.length >= SHORTEST_NAME && text.includes(name));

/** An address as it reads; one that is none as it stands. */
function unescaped(address: string): string {
  try {
    return decodeURIComponent(address.replaceAll('+', ' '));
  } catch {
    return address;
  }
}

/** The telephones, WeChat names and names under which any import ever knew somebody by these numbers. */
async function contactsOf(
  asker: Pick<Transaction, 'query'>,
  { customer, lead }: Ids,
): Promise<{ phone: string[]; wechat: string[]; called: string[] }> {
  const [row] = await asker.query<{ phone: string[]; wechat: string[]; called: string[] }>(CONTACTS, {
    customer,
    lead,
  });
  return row ?? { phone: [], wechat: [], called: [] };
}

const CONTACTS = `
  with own as (
    select l.phone as phone, l.wechat as wechat, l.customer_name as name from raw.leads l
    where list_contains($lead::varchar[], l.lead_id) or list_contains($customer::varchar[], l.customer_id)
    union
    select c.phone as phone, c.wechat as wechat, c.name as name from raw.customers c
    where list_contains($customer::varchar[], c.customer_id)
  ),
  phones as (
    select o.phone as value from own o where not starts_with(o.phone, '${MARK}')
    union
    select unnest(phones_of(o.phone)) as value from own o where char_length(o.phone) > 16
  ),
  wechats as (
    select distinct o.wechat as value from own o where not starts_with(o.wechat, '${MARK}')
  ),
  common as (
    select l.phone as value from exports.leads l semi join phones p on p.value = l.phone
    group by l.phone having count(*) > ${MOST_RECORDS}
    union
    select l.wechat as value from exports.leads l semi join wechats w on w.value = l.wechat
    group by l.wechat having count(*) > ${MOST_RECORDS}
    union
    select c.phone as value from exports.customers c semi join phones p on p.value = c.phone
    group by c.phone having count(*) > ${MOST_RECORDS}
    union
    select c.wechat as value from exports.customers c semi join wechats w on w.value = c.wechat
    group by c.wechat having count(*) > ${MOST_RECORDS}
  )
  select
    coalesce((select list(p.value order by p.value) from phones p anti join common c on c.value = p.value), []::varchar[]) as phone,
    coalesce((select list(w.value order by w.value) from wechats w anti join common c on c.value = w.value), []::varchar[]) as wechat,
    coalesce((select list(distinct o.name order by o.name) from own o where not starts_with(o.name, '${MARK}')), []::varchar[]) as called`;
