import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Client, Subject } from './subject.ts';

/** The numbers under which the lists speak of somebody, as far as the viewer may see them. */
export type Ids = { customer: string[]; lead: string[]; order: string[]; visit: string[] };

/** The numbers of a subject: of all that their journeys hold, and for the owner of all that names their customer's number. */
export async function idsOf(
  warehouse: Pick<Warehouse, 'query'>,
  { key, customerId, journeys, reach }: Subject,
): Promise<Ids> {
  const [row] = await warehouse.query<Ids>(IDS, {
    key,
    customer: customerId,
    journeys,
    whole: reach.extent === 'house',
  });
  return row ?? { customer: [], lead: [], order: [], visit: [] };
}

/** The numbers of everybody who is one client. */
export async function idsOfClient(warehouse: Pick<Warehouse, 'query'>, client: Client): Promise<Ids> {
  const all: Ids = { customer: [], lead: [], order: [], visit: [] };
  for (const subject of client) {
    const found = await idsOf(warehouse, subject);
    for (const kind of KINDS) all[kind] = [...new Set([...all[kind], ...found[kind]])];
  }
  return all;
}

const KINDS = ['customer', 'lead', 'order', 'visit'] as const;

const IDS = `
  with subject as (
    select unnest($journeys::varchar[]) as journey_id
    union
    select $key::varchar as journey_id where $whole::boolean
  ),
  leads as (
    select substring(s.journey_id, 3) as id from subject s where starts_with(s.journey_id, 'L:')
    union
    select l.lead_id as id from exports.leads l where $whole::boolean and l.customer_id = $customer::varchar
  ),
  orders as (
    select a.act_id as id from acts a semi join subject s on s.journey_id = a.journey_id where a.kind = 'order'
    union
    select o.order_id as id from exports.orders o where $whole::boolean and o.customer_id = $customer::varchar
    union
    select o.order_id as id from exports.orders o semi join leads l on l.id = o.lead_id
  ),
  visits as (
    select a.act_id as id from acts a semi join subject s on s.journey_id = a.journey_id where a.kind = 'visit'
    union
    select v.visit_id as id from exports.visits v where $whole::boolean and v.customer_id = $customer::varchar
    union
    select v.visit_id as id from exports.visits v semi join leads l on l.id = v.lead_id
    union
    select v.visit_id as id from exports.visits v semi join orders o on o.id = v.order_id
  )
  select
    case when $customer::varchar is null then []::varchar[] else [$customer::varchar] end as customer,
    coalesce((select list(l.id order by l.id) from leads l), []::varchar[]) as lead,
    coalesce((select list(o.id order by o.id) from orders o), []::varchar[]) as "order",
    coalesce((select list(v.id order by v.id) from visits v), []::varchar[]) as visit`;
