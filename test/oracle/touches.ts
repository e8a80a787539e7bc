import { dayOf } from './days.ts';
import { cancelledOn, type Home } from './entries.ts';
import { cents } from './money.ts';
import type { Facts, Text, Visit } from './tables.ts';

/** Where something more is sold: order desk, shoot, viewing, pickup, and 5 where nobody said. */
export const touchpoints = ['sale', 'shoot', 'viewing', 'pickup'] as const;

/** A sign that an order came to a touchpoint; home is null where no list knows the order. */
export interface Touch {
  kind: 'signed' | 'visit' | 'sold' | 'declined';
  touchpoint: number;
  day: string;
  orderId: string;
  home: Home | null;
  cancelledOn: Text;
  staff: Text;
  item: Text;
  pieces: number;
  cents: bigint;
}

/** Every touch of the lists (domain.md §5, upsell ladder). */
export function touches(facts: Facts, known: Map<string, Home>): Touch[] {
  const bare = { item: null, pieces: 0, cents: 0n };
  const placed = (orderId: string) => {
    const home = known.get(orderId) ?? null;
    return { orderId, home, cancelledOn: home && cancelledOn(home.order, facts) };
  };
  return [
    ...[...known.values()].map(({ order }): Touch => ({
      ...bare,
      ...placed(order.order_id),
      kind: 'signed',
      touchpoint: 1,
      day: dayOf(order.ordered_at),
      staff: order.staff_id,
      cents: cents(order.amount),
    })),
    ...facts.visits.flatMap((visit): Touch[] => {
      const touchpoint = touchpoints.findIndex((name) => name === visit.purpose) + 1;
      const orderId = visit.order_id ?? supposedOrder(visit, known);
      if (touchpoint < 2 || (visit.outcome ?? 'done') !== 'done') return [];
      if (orderId === null || !known.has(orderId)) return [];
      return [
        {
          ...bare,
          ...placed(orderId),
          kind: 'visit',
          touchpoint,
          day: dayOf(visit.visited_at),
          staff: visit.staff_id,
        },
      ];
    }),
    ...facts.upsells.map((row): Touch => {
      const isSold = row.outcome !== 'declined';
      return {
        ...placed(row.order_id),
        kind: isSold ? 'sold' : 'declined',
        touchpoint: row.touchpoint ? touchpoints.indexOf(row.touchpoint) + 1 : 5,
        day: dayOf(row.sold_at),
        staff: row.staff_id,
        item: row.item_type,
        pieces: isSold ? (row.quantity ?? 1) : 0,
        cents: isSold ? cents(row.amount) : 0n,
      };
    }),
  ];
}

/** The latest order signed by the visit's day of its lead, or without a lead of its customer. */
function supposedOrder(visit: Visit, known: Map<string, Home>): Text {
  const isSame = ({ order, path }: Home) =>
    visit.lead_id !== null
      ? path.id === `L:${visit.lead_id}`
      : visit.customer_id !== null && order.customer_id === visit.customer_id;
  const candidates = [...known.values()]
    .filter((home) => isSame(home) && dayOf(home.order.ordered_at) <= dayOf(visit.visited_at))
    .map(({ order }) => order)
    .sort((a, b) => (a.ordered_at + a.order_id < b.ordered_at + b.order_id ? 1 : -1));
  return candidates[0]?.order_id ?? null;
}
