import { Refusal } from '#lib/errors/refusal.ts';
import { reachOf } from '../reports/audience.ts';
import type { Audience, Reach } from '../reports/audience.ts';
import type { Asker } from '../reports/ask.ts';
import { boundBy, restricted } from '../reports/restrict.ts';
import { currentTexts } from '../reports/texts.ts';
import type { Arguments } from '../warehouse/parameters.ts';

/** Whose file may be opened: of managers those of their stores, of staff those whose journeys are their own. */
const audience: Audience = { owner: 'house', manager: 'stores', staff: 'own' };

/**
 * Whose file it is: `C:` and the number of a customer, else the journey of somebody without one (`L:lead`, `V:visit`,
 * `O:order`); and those of their journeys that the viewer may see.
 */
export type Subject = { key: string; customerId: string | null; journeys: string[]; reach: Reach };

/** Everybody in the lists who is one client: the one who was named first (see `personsOf`). */
export type Client = readonly [Subject, ...Subject[]];

/**
 * Whom a journey or a customer's key means. Whom nobody knows and whom the viewer may not see are the same.
 * Throws Refusal unknown_customer.
 */
export async function subjectFor({ warehouse, viewer }: Asker, id: string): Promise<Subject> {
  const reach = reachFor({ viewer });
  const customer = id.startsWith('C:') ? id.slice('C:'.length) : null;
  const asked = (text: string, given: Arguments) => {
    const own = restricted(
      { header: { restrictsItself: false }, body: text },
      reach.extent,
      currentTexts().models,
    );
    return warehouse.query<Seen>(own, { ...given, ...boundBy(reach, own) });
  };
  const [named] = await asked(NAMED, { id });
  const customerId = customer ?? named?.customer_id ?? null;
  const all =
    customerId === null ? (named ? [named] : []) : await asked(OF_CUSTOMER, { id, customer: customerId });
  if (all.length === 0 && !(reach.extent === 'house' && (await stands(warehouse, id))))
    throw new Refusal('unknown_customer', {});
  return {
    key: customerId === null ? id : `C:${customerId}`,
    customerId,
    journeys: all.map(({ journey_id }) => journey_id),
    reach,
  };
}

/** How much of the house somebody may open files of. Throws Refusal unknown_customer. */
export function reachFor({ viewer }: Pick<Asker, 'viewer'>): Reach {
  try {
    return reachOf({ name: 'customer', audience }, viewer);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal('unknown_customer', {});
    throw error;
  }
}

type Seen = { journey_id: string; customer_id: string | null };

const NAMED = `
  select j.journey_id as journey_id, j.customer_id as customer_id
  from journeys j
  where j.journey_id = $id::varchar`;

const OF_CUSTOMER = `
  select j.journey_id as journey_id, j.customer_id as customer_id
  from journeys j
  where j.customer_id = $customer::varchar or j.journey_id = $id::varchar
  order by j.began_at, j.journey_id`;

/** Whether a list names somebody of whom no journey tells: a customer who never came, a lead with an impossible date. */
async function stands(warehouse: Asker['warehouse'], id: string): Promise<boolean> {
  const rows = await warehouse.query(
    `select 1 as one from exports.customers c where 'C:' || c.customer_id = $id::varchar
     union all
     select 1 as one from exports.leads l where 'L:' || l.lead_id = $id::varchar
     limit 1`,
    { id },
  );
  return rows.length > 0;
}
