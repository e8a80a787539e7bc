import { dayOf, earlierDay, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { cents, decimal } from './money.ts';
import { passes, type Question } from './scope.ts';
import { segmentValue } from './segments.ts';
import type { Text } from './tables.ts';

/** The five places an order of a period can have, in the order of domain.md §1. */
export const places = ['this_period', 'older', 'later', 'unannounced', 'repeat'] as const;
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

/** One row of the report `reconciliation`, named like its columns. */
export interface ReconciliationRow {
  segment: Text;
  part_no: number;
  part: Place | 'total';
  orders: number;
  share: number | null;
  share_before: number | null;
  amount: string;
}

/** The report `reconciliation`: the places and their total, for every segment with an order in the period. */
export function reconciliationOf(
  everyPath: Path[],
  { from, to, as_of, by, where }: Omit<Question, 'view'>,
): ReconciliationRow[] {
  const asked = everyPath.filter((path) => passes((field) => segmentValue(path, field).text, where ?? []));
  const segmentOf = (path: Path) => (by ? segmentValue(path, by).text : 'all');
  return [...new Set([...asked.map(segmentOf), ...(by ? [] : ['all'])])].flatMap((segment) => {
    const own = asked.filter((path) => segmentOf(path) === segment);
    const found = Object.entries(reconcile(own, from, earlierDay(to, as_of))) as [
      Place,
      Reconciliation[Place],
    ][];
    const total = {
      orders: found.reduce((sum, [, place]) => sum + place.orders, 0),
      cents: found.reduce((sum, [, place]) => sum + place.cents, 0n),
    };
    if (by && total.orders === 0) return [];
    return [...found, ['total', total] as const].map(([part, place], position) => ({
      segment,
      part_no: position + 1,
      part,
      orders: place.orders,
      share: total.orders === 0 ? null : place.orders / total.orders,
      share_before: total.orders === 0 ? null : ordersAbove(found, part) / total.orders,
      amount: decimal(place.cents),
    }));
  });
}

/** Orders of the places listed before one; none before the total, which is all of them. */
function ordersAbove(found: [Place, { orders: number }][], part: Place | 'total'): number {
  if (part === 'total') return 0;
  return found.slice(0, places.indexOf(part)).reduce((sum, [, place]) => sum + place.orders, 0);
}

function placeOf(path: Path, orderId: string, from: string, to: string): Place {
  if (path.firstOrder?.order_id !== orderId) return 'repeat';
  if (path.kind === 'unannounced') return 'unannounced';
  const began = dayOf(path.beganAt);
  if (began < from) return 'older';
  return began <= to ? 'this_period' : 'later';
}
