import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { inTurn } from '../import/turns.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { eraseAndRebuild, eraseListed } from './erase-listed.ts';
import type { Erased } from './erase-listed.ts';
import { idsOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { keysOf } from './keys.ts';
import { hashesOf, probeOf } from './listed.ts';
import type { Names } from './listed.ts';
import { MARK } from './pseudonym.ts';
import type { Subject } from './subject.ts';

/** A number that so many records have is not somebody's own: a shop's, or one typed to fill a field. */
const MOST_RECORDS = 20;

/**
 * What erasing somebody would change, and under which telephones and WeChat names they would be known again; `telling` are
 * numbers of theirs that are contacts themselves, which stay because records are tied together by them.
 */
export type Preview = Erased & { contacts: string[]; names: string[]; telling: string[] };

/** What erasing a subject would change; nothing changes. Throws Refusal erased_key_lost. */
export async function previewErasing(app: App, subject: Subject): Promise<Preview> {
  try {
    return await app.warehouse.write(async (transaction) => {
      const { keys, listed, probe, names, called } = await known(app, transaction, subject);
      const erased = await eraseListed(transaction, { all: () => listed, probe: () => probe }, keys);
      const contacts = [...(names.phone ?? []), ...(names.wechat ?? [])];
      const telling = await transaction.query<{ id: string }>(TELLING, {
        ids: [...new Set([...(names.customer ?? []), ...(names.lead ?? []), ...(names.order ?? [])])],
      });
      throw new Previewed({ ...erased, contacts, names: called, telling: telling.map(({ id }) => id) });
    });
  } catch (error) {
    if (error instanceof Previewed) return error.preview;
    throw error;
  }
}

const TELLING = `
  select i.id as id from (select unnest($ids::varchar[]) as id) i
  where holds_contact(i.id)
  order by i.id`;

/** Carries a preview out of the transaction that must not be kept. */
class Previewed extends Error {
  readonly preview: Preview;

  constructor(preview: Preview) {
    super('previewed');
    this.preview = preview;
  }
}

/**
 * Erases a subject: what names them becomes a pseudonym in every record of every import, files that wait to be imported go,
 * and whatever a later import brings of them comes in under the same pseudonyms. What they did still counts.
 * `noted` is called before anything changes. Throws Refusal erased_key_lost, what `noted` throws.
 */
export async function eraseSubject(app: App, subject: Subject, noted: () => void): Promise<Erased> {
  return inTurn(app.warehouse, async () => {
    const { warehouse, erased: list, clock } = app;
    const done = await warehouse.write(async (transaction) => {
      const { keys, listed, probe } = await known(app, transaction, subject);
      noted();
      list.add(listed, probe, clock());
      return eraseAndRebuild(transaction, list, { all: () => listed, probe: () => probe }, keys);
    });
    await list.erased();
    return done;
  });
}

/** All that somebody may be known by, hashed with the key of the studio. */
async function known({ vault, erased }: App, transaction: Transaction, subject: Subject) {
  const keys = keysOf(vault);
  const probe = await probeOf(transaction, keys.hash);
  const before = erased.probe();
  if (before !== undefined && before.hash !== probe.hash) throw new Refusal('erased_key_lost', {});
  const ids = await idsOf(transaction, subject);
  const { phone, wechat, called } = await contactsOf(transaction, ids);
  const names: Names = { ...ids, phone, wechat };
  return { keys, probe, names, called, listed: await hashesOf(transaction, keys.hash, names) };
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
    select distinct o.phone as value from own o where not starts_with(o.phone, '${MARK}')
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
