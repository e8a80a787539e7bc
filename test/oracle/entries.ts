import { dayOf } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { cents, moves, takenBackOn } from './money.ts';
import { passes, type Question } from './scope.ts';
import { segmentValue, type SegmentField } from './segments.ts';
import type { Facts, Order, Text } from './tables.ts';

/** An order with the journey it belongs to and what is said of it elsewhere. */
export interface Home {
  order: Order;
  path: Path;
  isFirst: boolean;
  store: Text;
}

/** One movement of money; home is null where no list knows its order. */
export interface Entry {
  kind: 'order' | 'taken_back' | 'upsell' | 'payment';
  day: string;
  cents: bigint;
  home: Home | null;
}

export type MoneyQuestion = Pick<Question, 'from' | 'to' | 'as_of' | 'by' | 'where'>;

/** Every order by its number. */
export function homes(everyPath: Path[]): Map<string, Home> {
  return new Map(
    everyPath.flatMap((path) =>
      ordersOf(path).map((order): [string, Home] => [
        order.order_id,
        {
          order,
          path,
          isFirst: path.firstOrder?.order_id === order.order_id,
          store: order.store ?? segmentValue(path, 'store').text,
        },
      ]),
    ),
  );
}

/** Every movement of money of the lists (domain.md §5, money words). */
export function entries(facts: Facts, known: Map<string, Home>): Entry[] {
  const homeOf = (orderId: Text) => (orderId === null ? undefined : known.get(orderId)) ?? null;
  return [
    ...[...known.values()].flatMap((home): Entry[] => {
      const { signed, takenBack } = moves(home.order, facts);
      return [
        { kind: 'order', ...signed, home },
        ...(takenBack ? [{ kind: 'taken_back' as const, ...takenBack, home }] : []),
      ];
    }),
    ...facts.upsells
      .filter(({ outcome }) => outcome !== 'declined')
      .map((row): Entry => ({
        kind: 'upsell',
        day: dayOf(row.sold_at),
        cents: cents(row.amount),
        home: homeOf(row.order_id),
      })),
    ...facts.payments.map((row): Entry => ({
      kind: 'payment',
      day: dayOf(row.paid_at),
      cents: row.kind === 'refund' ? -absolute(cents(row.amount)) : cents(row.amount),
      home: homeOf(row.order_id),
    })),
  ];
}

/** The entries that a question may count: by its filters, up to as_of, nothing taken back of orders to come. */
export function askedEntries(all: Entry[], { as_of, where }: MoneyQuestion): Entry[] {
  return all.filter(
    (entry) =>
      entry.day <= as_of &&
      (entry.kind !== 'taken_back' || (entry.home !== null && dayOf(entry.home.order.ordered_at) <= as_of)) &&
      passes((field) => valueOf(entry.home, field), where ?? []),
  );
}

/** The value of a field for what belongs to a home, or to none. */
export function valueOf(home: Home | null, field: SegmentField): Text {
  return home ? segmentValue(home.path, field).text : null;
}

/** The segment of what belongs to a home, or to none. */
export function segmentOf(home: Home | null, by: SegmentField | undefined): Text {
  return by ? valueOf(home, by) : 'all';
}

/** The day from which on nothing of the order may be claimed. */
export function cancelledOn(order: Order, facts: Facts): Text {
  return order.status === 'cancelled' ? takenBackOn(order, facts) : null;
}

/** Whether a day lies in the period, as far as it is counted. */
export function isIn(day: string, { from, to, as_of }: MoneyQuestion): boolean {
  return from <= day && day <= to && day <= as_of;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
