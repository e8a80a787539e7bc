import { dayOf, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { cents } from './money.ts';

/** The five places an order of a period can have, in the order of domain.md §1. */
export const places = ['this_period', 'older', 'begins_later', 'unannounced', 'repeat'] as const;
export type Place = (typeof places)[number];

/** Orders and signed cents per place; every order of the period stands in exactly one. */
export type Reconciliation = Record<Place, { orders: number; cents: bigint }>;

/** The orders signed in a period by the journey they came from. */
export function reconcile(everyPath: Path[], from: string, to: string): Reconciliation {
  const result = Object.fromEntries(
    places.map((place) => [place, { orders: 0, cents: 0n }]),
  ) as Reconciliation;
  for (const path of everyPath)
    for (const order of ordersOf(path)) {
      if (!within(dayOf(order.ordered_at), from, to)) continue;
      const entry = result[placeOf(path, order.order_id, from, to)];
      entry.orders += 1;
      entry.cents += cents(order.amount);
    }
  return result;
}

function placeOf(path: Path, orderId: string, from: string, to: string): Place {
  if (path.firstOrder?.order_id !== orderId) return 'repeat';
  if (path.kind === 'unannounced') return 'unannounced';
  const began = dayOf(path.beganAt);
  if (began < from) return 'older';
  return began <= to ? 'this_period' : 'begins_later';
}
