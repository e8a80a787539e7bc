import { phone } from '../import/values/phones.ts';
import type { Asker } from '../reports/ask.ts';
import { boundBy, restricted } from '../reports/restrict.ts';
import { currentTexts } from '../reports/texts.ts';
import { reachFor } from './subject.ts';

/** Somebody who was looked for, as far as may be shown before their file is opened. */
export type FoundCustomer = {
  key: string;
  name: string | null;
  phone: string | null;
  store: string | null;
  began: string | null;
};

/** As many are shown; who finds more has to say more. */
export const MOST_FOUND = 20;

/**
 * Who has exactly this number, telephone, WeChat name or name, among those whose files the viewer may open, masked; the
 * latest first. Throws Refusal unknown_customer.
 */
export async function findCustomers({ warehouse, viewer }: Asker, wanted: string): Promise<FoundCustomer[]> {
  const text = wanted.trim();
  if (text === '') return [];
  const reach = reachFor({ viewer });
  const own = restricted(
    { header: { restrictsItself: false }, body: FOUND },
    reach.extent,
    currentTexts().models,
  );
  return warehouse.query<FoundCustomer>(own, { wanted: text, ...boundBy(reach, own) });
}

/** Whether a cell holds several telephones and the wanted one is among them. */
const amongSeveral = (cell: string): string =>
  `char_length(${cell}) > 16 and list_contains(phones_of(${cell}), w.phone)`;

const FOUND = `with wanted as (
    select w.text as text, ${phone('w.text')} as phone from (select $wanted::varchar as text) w
  ),
  leads_named as (
    select 'L:' || l.lead_id as journey_id
    from exports.leads l
    cross join wanted w
    where
      l.lead_id = w.text or l.phone = w.phone or ${amongSeveral('l.phone')}
      or l.wechat = w.text or l.customer_name = w.text
  ),
  customers_named as (
    select c.customer_id as customer_id
    from exports.customers c
    cross join wanted w
    where
      c.customer_id = w.text or c.phone = w.phone or ${amongSeveral('c.phone')}
      or c.wechat = w.text or c.name = w.text
  ),
  found as (
    select j.journey_id as journey_id, j.customer_id as customer_id, j.store as store, j.began_on as began_on
    from journeys j
    cross join wanted w
    where
      j.customer_id = w.text or j.order_id = w.text
      or j.journey_id in (select n.journey_id from leads_named n)
      or j.customer_id in (select n.customer_id from customers_named n)
  ),
  called as (
    select
      coalesce('C:' || f.customer_id, f.journey_id) as key,
      coalesce(c.name, l.customer_name) as name,
      coalesce(c.phone, l.phone) as phone,
      f.store as store,
      f.began_on as began_on
    from found f
    left join exports.leads l on 'L:' || l.lead_id = f.journey_id
    left join exports.customers c on c.customer_id = f.customer_id
  )
  select
    f.key as key,
    masked_name(arg_max(f.name, f.began_on)) as name,
    masked_phone(arg_max(f.phone, f.began_on)) as phone,
    arg_max(f.store, f.began_on) as store,
    max(f.began_on)::varchar as began
  from called f
  group by f.key
  order by max(f.began_on) desc, f.key
  limit ${MOST_FOUND}`;
