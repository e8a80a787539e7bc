import { dayOf } from './days.ts';
import type { Path } from './journeys.ts';
import { storeOf } from './sources.ts';
import type { Facts, Text } from './tables.ts';

/** A row of a list as it was handed in: whose it is and on which day. */
export interface HandedIn {
  store: Text;
  list: 2 | 3 | 4;
  day: string;
}

/**
 * Every row of leads, visits of any purpose, and orders. A visit without a store takes its order's or its lead's journey's,
 * an order its journey's.
 */
export function handedIn(facts: Facts, everyPath: Path[]): HandedIn[] {
  const homes = new Map(everyPath.map((path) => [path.id, storeOf(path)]));
  const storesOfOrders = new Map(
    everyPath.flatMap((path) =>
      path.facts.flatMap((fact): [string, Text][] =>
        fact.step === 4 ? [[fact.id, fact.row.store ?? storeOf(path)]] : [],
      ),
    ),
  );
  const ofOrder = (id: Text) => (id === null ? null : (storesOfOrders.get(id) ?? null));
  const ofLead = (id: Text) => (id === null ? null : (homes.get(`L:${id}`) ?? null));
  return [
    ...facts.leads.map(({ store, created_at }) => ({ store, list: 2 as const, day: dayOf(created_at) })),
    ...facts.visits.map(({ store, order_id, lead_id, visited_at }) => ({
      store: store ?? ofOrder(order_id) ?? ofLead(lead_id),
      list: 3 as const,
      day: dayOf(visited_at),
    })),
    ...facts.orders.map(({ store, order_id, ordered_at }) => ({
      store: store ?? ofOrder(order_id),
      list: 4 as const,
      day: dayOf(ordered_at),
    })),
  ];
}
