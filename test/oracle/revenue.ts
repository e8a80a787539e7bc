import { addDays, dayOf, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { cents, moves } from './money.ts';
import { gapStores } from './gaps.ts';
import { passes, type Filter } from './scope.ts';
import { isKnownAfter, segmentValue, type SegmentField } from './segments.ts';
import { storeOf } from './sources.ts';
import type { Facts, Text } from './tables.ts';

/** Two periods of one business; several periods before count as their mean. */
export interface RevenueQuestion {
  from: string;
  to: string;
  compare_from: string;
  compare_to: string;
  compare_periods: number;
  as_of: string;
  by?: SegmentField | undefined;
  where?: Filter[] | undefined;
}

export interface Span {
  from: string;
  to: string;
}

/** A number of people or cents on the two sides; `before` is the sum over all periods before. */
export interface Sides {
  before: number;
  after: number;
}

export type Side = keyof Sides;

/** What happened to a segment in a store: people at the steps, and cents by kind of money. */
export interface Figures {
  segment: Text;
  store: Text;
  people: { leads: Sides; visits: Sides; orders: Sides };
  money: Map<string, Sides>;
}

/** The days of each side that are not after as_of. */
export function spans(asked: RevenueQuestion): Record<Side, Span[]> {
  const length = daysFrom(asked.compare_from, asked.compare_to) + 1;
  const weeks = 7 * Math.ceil(length / 7);
  const cut = ({ from, to }: Span): Span => ({ from, to: to < asked.as_of ? to : asked.as_of });
  const before = Array.from({ length: Math.max(asked.compare_periods, 1) }, (_, place) =>
    cut({
      from: addDays(asked.compare_from, -place * weeks),
      to: addDays(asked.compare_to, -place * weeks),
    }),
  );
  return { before, after: [cut({ from: asked.from, to: asked.to })] };
}

/** Everything the two periods hold, found by looking at each journey and each movement of money by itself. */
export function figuresOf(facts: Facts, everyPath: Path[], asked: RevenueQuestion): Figures[] {
  const days = spans(asked);
  const found = new Map<string, Figures>();
  const of = (segment: Text, store: Text): Figures => {
    const key = JSON.stringify([segment, store]);
    const none = (): Sides => ({ before: 0, after: 0 });
    const one = found.get(key) ?? {
      segment,
      store,
      people: { leads: none(), visits: none(), orders: none() },
      money: new Map<string, Sides>(),
    };
    found.set(key, one);
    return one;
  };
  const each = (day: string, count: (side: Side) => void) => {
    for (const side of ['before', 'after'] as const)
      for (const span of days[side]) if (within(day, span.from, span.to)) count(side);
  };
  const pay = (segment: Text, store: Text, kind: string, day: string, amount: bigint) =>
    each(day, (side) => {
      const { money } = of(segment, store);
      const sides = money.get(kind) ?? { before: 0, after: 0 };
      money.set(kind, { ...sides, [side]: sides[side] + Number(amount) });
    });
  const where = asked.where ?? [];
  const owners = new Map(everyPath.flatMap((path) => ordersOf(path).map((order) => [order.order_id, path])));
  const segmentOf = (path: Path | null): Text =>
    !asked.by ? 'all' : path && segmentValue(path, asked.by).text;
  const isAsked = (path: Path | null) =>
    passes((field) => (path ? segmentValue(path, field).text : null), where);

  for (const path of everyPath.filter(isAsked)) {
    const [segment, store] = [segmentOf(path), storeOf(path)];
    const reach = (step: 'leads' | 'visits' | 'orders', instant: Text) => {
      if (instant !== null) each(dayOf(instant), (side) => (of(segment, store).people[step][side] += 1));
    };
    reach('leads', path.reached[2]);
    reach('visits', path.reached[3]);
    reach('orders', path.reached[4]);
    for (const order of ordersOf(path)) {
      const { signed, takenBack } = moves(order, facts);
      const kind = order === path.firstOrder ? 'first_order' : 'repeat_orders';
      pay(segment, store, kind, signed.day, signed.cents);
      if (takenBack && signed.day <= asked.as_of)
        pay(segment, store, 'taken_back', takenBack.day, takenBack.cents);
    }
  }
  for (const upsell of facts.upsells.filter(({ outcome }) => outcome !== 'declined')) {
    const path = owners.get(upsell.order_id) ?? null;
    if (isAsked(path))
      pay(
        segmentOf(path),
        path && storeOf(path),
        `upsell_${upsell.touchpoint ?? 'other'}`,
        dayOf(upsell.sold_at),
        cents(upsell.amount),
      );
  }
  return [...found.values()];
}

/** The stores that a gap on either side takes out of the comparison. */
export function leftOut(facts: Facts, everyPath: Path[], asked: RevenueQuestion, figures: Figures[]): Text[] {
  const { before, after } = spans(asked);
  const present = everyPath.filter((path) =>
    passes((field) => segmentValue(path, field).text, asked.where ?? []),
  );
  const begun = present.filter(({ beganAt }) => dayOf(beganAt) <= asked.as_of);
  const gone = gapStores(facts, everyPath, begun, [...before, ...after]);
  const stores = [...present.map(storeOf), ...figures.map((one) => one.store)];
  return gone.filter((store) => stores.includes(store));
}

/**
 * Whether more than 5 % of a segment's journeys of a period took a value that is asked for from a fact after a step. The
 * missing value is late as soon as any is.
 */
export function isKnownLate(everyPath: Path[], asked: RevenueQuestion, segment: Text, step: number): boolean {
  const where = asked.where ?? [];
  const fields = [...(asked.by ? [asked.by] : []), ...where.map(([field]) => field)];
  const valueOf = (path: Path): Text => (asked.by ? segmentValue(path, asked.by).text : 'all');
  const days = spans(asked);
  return [...days.before, ...days.after].some((span) => {
    const seen = everyPath.filter(
      (path) =>
        passes((field) => segmentValue(path, field).text, where) &&
        ([2, 3, 4] as const).some((at) => {
          const instant = path.reached[at];
          return instant !== null && within(dayOf(instant), span.from, span.to);
        }),
    );
    return [...Map.groupBy(seen, valueOf)].some(([value, own]) => {
      const late = own.filter((path) =>
        fields.some((field) => isKnownAfter(segmentValue(path, field), step)),
      );
      return (segment === null || value === segment) && late.length * 20 > own.length;
    });
  });
}

/** Days from one ISO day to another. */
export function daysFrom(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
