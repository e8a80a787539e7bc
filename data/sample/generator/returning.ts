import type { Journey } from './journeys.ts';
import { happens, stream } from './random.ts';
import type { Consultation, Order } from './sales.ts';

/**
 * Leads that are an old buyer asking again, by the lead's number. Only buyers who bought once, so that no order without
 * a lead_id can count for the new journey, which would change what the weeks' probabilities mean.
 */
export function returningOf(seed: number, journeys: Journey[], orders: Order[]): Map<number, string> {
  const random = stream(seed, 'returning leads');
  const bought = new Map<string, number>();
  for (const { customer } of orders) bought.set(customer, (bought.get(customer) ?? 0) + 1);
  const buyers = orders.filter(({ customer, lead }) => lead !== null && bought.get(customer) === 1);
  const returning = new Map<number, string>();
  const asked = new Set<string>();
  let known = 0;
  journeys.forEach(({ created, channel }, lead) => {
    while ((buyers[known]?.at ?? Infinity) < created - 60 * 1440) known += 1;
    if (channel === '转介绍' || !happens(random, 0.012)) return;
    const buyer = buyers[Math.floor(random.next() * known)];
    if (buyer === undefined || asked.has(buyer.customer) || returning.has(buyer.lead ?? -1)) return;
    asked.add(buyer.customer);
    returning.set(lead, buyer.customer);
  });
  return returning;
}

/** The same order or consultation, under the number the customer already had. */
export const underOldNumber = <T extends Order | Consultation>(
  fact: T,
  returning: Map<number, string>,
): T => {
  const customer = fact.lead === null ? undefined : returning.get(fact.lead);
  return customer === undefined ? fact : { ...fact, customer };
};
