import { addDays, dayOf, earlierDay, monthOf } from './days.ts';
import { segmentOf } from './entries.ts';
import { gaps } from './gaps.ts';
import { handedIn } from './handed-in.ts';
import type { Path } from './journeys.ts';
import { cents, decimal } from './money.ts';
import { perOne } from './money-report.ts';
import type { Question } from './scope.ts';
import { conversionByAge, type Followed } from './survival.ts';
import type { Facts, Text } from './tables.ts';
import { percentile } from './time-to-step.ts';
import type { Touch } from './touches.ts';
import { hasSource, roomOf, type Room } from './upsell-ladder.ts';
import { wilson } from './wilson.ts';

const Z = 1.959963984540054;

/** The signed orders that a question counts, by their segment, each with everything done to it by as_of. */
function signedOrders(room: Room): Map<Text, { signed: Touch; touches: Touch[] }[]> {
  const { all, asked, question } = room;
  const known = Map.groupBy(
    all.filter(({ day }) => day <= question.as_of),
    ({ orderId }) => orderId,
  );
  const orders = asked
    .filter(
      ({ kind, day }) =>
        kind === 'signed' && day >= question.from && day <= earlierDay(question.to, question.as_of),
    )
    .map((signed) => ({ signed, touches: known.get(signed.orderId) ?? [] }));
  return Map.groupBy(orders, ({ signed }) => segmentOf(signed.home, room.question.by as Question['by']));
}

/** The counts and money of `order_discounts`, order by order; list prices by order, as texts. */
export function discountsOf(
  facts: Facts,
  everyPath: Path[],
  question: Question,
  listPrices: ReadonlyMap<string, string>,
) {
  const room = roomOf(facts, everyPath, { ...question, view: 'cohort' });
  return [...signedOrders(room)].map(([segment, orders]) => {
    const listed = orders.flatMap(({ signed, touches }) => {
      const price = cents(listPrices.get(signed.orderId) ?? '0');
      const sold = touches.filter(({ kind }) => kind === 'sold');
      const upsold = sold.reduce((sum, touch) => sum + touch.cents, 0n);
      const below = price - signed.cents;
      return price > 0n
        ? [{ price, below, records: hasSource(room, signed, 1), bought: sold.length > 0, upsold }]
        : [];
    });
    const discounted = listed.filter(({ below }) => below > 0n);
    const share = (of: typeof listed) => {
      const base = of.filter(({ records }) => records);
      const bought = base.filter((order) => order.bought);
      const interval = base.length > 0 ? wilson(bought.length, base.length) : { low: null, high: null };
      const money = base.reduce((sum, { upsold }) => sum + upsold, 0n);
      return {
        base: base.length,
        bought: bought.length,
        rate: base.length > 0 ? bought.length / base.length : null,
        ...interval,
        upsold: base.length > 0 ? decimal(perOne(money, base.length)) : null,
      };
    };
    const cut = share(discounted);
    const full = share(listed.filter(({ below }) => below <= 0n));
    const given = discounted.reduce((sum, { below }) => sum + below, 0n);
    const prices = listed.reduce((sum, { price }) => sum + price, 0n);
    const interval = listed.length > 0 ? wilson(discounted.length, listed.length) : { low: null, high: null };
    const middle = percentile(
      discounted.map(({ below }) => Number(below)),
      0.5,
    );
    return {
      segment,
      orders: orders.length,
      listed: listed.length,
      discounted: discounted.length,
      discount_rate: listed.length > 0 ? discounted.length / listed.length : null,
      discount_low: interval.low,
      discount_high: interval.high,
      above_list: listed.filter(({ below }) => below < 0n).length,
      list_amount: decimal(prices),
      discount_amount: decimal(given),
      discount_share: listed.length > 0 ? Number(given) / Number(prices) : null,
      median_discount: middle === null ? null : decimal(BigInt(Math.floor(middle + 0.5))),
      median_share: percentile(
        discounted.map(({ below, price }) => Number(below) / Number(price)),
        0.5,
      ),
      discounted_base: cut.base,
      discounted_bought: cut.bought,
      discounted_rate: cut.rate,
      discounted_low: cut.low,
      discounted_high: cut.high,
      discounted_upsold: cut.upsold,
      full_base: full.base,
      full_bought: full.bought,
      full_rate: full.rate,
      full_low: full.low,
      full_high: full.high,
      full_upsold: full.upsold,
      ...differenceOf(cut, full),
    };
  });
}

type Share = { rate: number | null; low: number | null; high: number | null };

/** Newcombe's interval of a difference of two shares, of Wilson's of each (1998, Statistics in Medicine 17:873, method 10). */
function differenceOf(one: Share, other: Share) {
  const [p, q] = [one.rate, other.rate];
  if (p === null || q === null || one.low === null || one.high === null) return nothing;
  if (other.low === null || other.high === null) return nothing;
  return {
    difference: p - q,
    difference_low: p - q - Math.hypot(p - one.low, other.high - q),
    difference_high: p - q + Math.hypot(one.high - p, q - other.low),
  };
}

const nothing = { difference: null, difference_low: null, difference_high: null };

/** What `ladder_point` tells, order by order. */
export function pointsOf(facts: Facts, everyPath: Path[], question: Question) {
  const room = roomOf(facts, everyPath, { ...question, view: 'period' });
  const months = monthsOf(question);
  const segments = Map.groupBy(room.counted, ({ home }) => segmentOf(home, question.by));
  return [...segments].flatMap(([segment, touches]) =>
    [1, 2, 3, 4].flatMap((level) => {
      const here = touches.filter((touch) => touch.touchpoint === level && hasSource(room, touch, level));
      const orders = [...Map.groupBy(here, ({ orderId }) => orderId).values()].map((own) =>
        own.filter(({ kind }) => kind === 'sold'),
      );
      const bought = orders
        .filter((sold) => sold.length > 0)
        .map((sold) => sold.reduce((sum, touch) => sum + touch.cents, 0n));
      if (orders.length === 0) return [];
      const amount = bought.reduce((sum, one) => sum + one, 0n);
      const mean = Number(amount) / 100 / bought.length;
      const value = months === null || bought.length === 0 ? null : (orders.length / months) * 0.01 * mean;
      const squares = bought.map((one) => (Number(one) / 100 - mean) ** 2);
      const variance = squares.reduce((sum, one) => sum + one, 0) / (bought.length - 1);
      const reach =
        bought.length >= 10 && mean > 0
          ? Z * Math.sqrt(1 / orders.length + variance / bought.length / mean ** 2)
          : null;
      return [
        {
          segment,
          touchpoint_no: level,
          months,
          reached: orders.length,
          reached_per_month: months === null ? null : orders.length / months,
          attach_hits: bought.length,
          attach_rate: bought.length / orders.length,
          amount: decimal(amount),
          amount_per_sold: bought.length > 0 ? decimal(perOne(amount, bought.length)) : null,
          value,
          value_low: value === null || reach === null ? null : value * Math.exp(-reach),
          value_high: value === null || reach === null ? null : value * Math.exp(reach),
        },
      ];
    }),
  );
}

/** How many months lie in the days, null where they are no whole ones or not yet over. */
function monthsOf({ from, to, as_of }: Question): number | null {
  const after = addDays(to, 1);
  if (monthOf(from).first !== from || monthOf(after).first !== after || to > as_of) return null;
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return number(after) - number(from);
}

const legs = [
  { from: 1, to: 2 },
  { from: 2, to: 3 },
  { from: 3, to: 4 },
  { from: 1, to: 4 },
  { from: 1, to: null },
] as const;

/** What `ladder_waits` tells, order by order, with intervals of log(-log). */
export function waitsOf(facts: Facts, everyPath: Path[], question: Question) {
  const room = roomOf(facts, everyPath, { ...question, view: 'cohort' });
  const silentFrom = silences(facts, everyPath, question);
  return [...signedOrders(room)].flatMap(([segment, orders]) =>
    legs.flatMap((leg, at) => {
      const walked = orders.flatMap(({ signed, touches }) => {
        if (!hasSource(room, signed, leg.from) || !hasSource(room, signed, leg.to ?? 1)) return [];
        const first = (is: (touch: Touch) => boolean) =>
          touches
            .filter(is)
            .map(({ day }) => day)
            .toSorted()[0] ?? null;
        const store = signed.home?.store ?? null;
        const from = leg.from === 1 ? signed.day : first(({ touchpoint }) => touchpoint === leg.from);
        const to = first(({ kind, touchpoint }) =>
          leg.to === null ? kind === 'sold' : touchpoint === leg.to,
        );
        const seen =
          leg.to === null
            ? question.as_of
            : lastSeen(room, store, silentFrom.get(store) ?? null, question.as_of);
        if (from === null || from > seen) return [];
        const cancelled =
          signed.cancelledOn !== null && signed.cancelledOn <= question.as_of ? signed.cancelledOn : null;
        const days = (day: Text) => (day === null || day > seen ? null : Math.max(daysBetween(from, day), 0));
        return [
          {
            seen: daysBetween(from, seen),
            reached: days(to),
            lost: days(cancelled),
            early: to !== null && to < from,
          },
        ];
      });
      return walked.length > 0 ? [{ segment, leg_no: at + 1, ...toldOf(walked) }] : [];
    }),
  );
}

function toldOf(walked: readonly (Followed & { early: boolean })[]) {
  const ages = conversionByAge(walked);
  const arrived = walked.filter(({ reached }) => reached !== null);
  const cancelled = walked.filter(({ reached, lost }) => reached === null && lost !== null);
  const by = (share: number) => ages.find(({ incidence }) => incidence >= share - 1e-9)?.age ?? null;
  const half = by(0.5);
  const flat = ages.some(({ incidence }) => Math.abs(incidence - 0.5) <= 1e-9);
  const under = ages.find(({ incidence }) => incidence > 0.5 + 1e-9)?.age ?? null;
  const bands = ages.map(({ age, incidence, standardError }) => {
    const open = 1 - incidence;
    if (open <= 1e-12) return { age, low: null, high: null };
    const log = Math.log(open);
    const reach = standardError === 0 ? 0 : (Z * standardError) / (open * Math.abs(log));
    return { age, low: Math.exp(log * Math.exp(reach)), high: Math.exp(log * Math.exp(-reach)) };
  });
  const under50 = (limit: 'low' | 'high') => bands.find((band) => (band[limit] ?? 1) <= 0.5)?.age ?? null;
  return {
    orders: walked.length,
    arrived: arrived.length,
    cancelled: cancelled.length,
    open_orders: walked.length - arrived.length - cancelled.length,
    too_early: arrived.filter(({ early }) => early).length,
    p10_days: by(0.1),
    p25_days: by(0.25),
    median_days: flat && half !== null && under !== null ? (half + under) / 2 : half,
    median_low: under50('low'),
    median_high: under50('high'),
    p75_days: by(0.75),
    p90_days: by(0.9),
  };
}

/** From which day on a store's list of visits lacks up to the end of the data. */
function silences(facts: Facts, everyPath: Path[], { as_of }: Question): Map<Text, string> {
  const last = handedIn(facts, everyPath).reduce((day, row) => (row.day > day ? row.day : day), '');
  const open = gaps(facts, everyPath).filter(
    ({ step, from, to }) => step === 3 && from <= as_of && to >= earlierDay(last, as_of),
  );
  return new Map(open.map(({ store, from }) => [store, from]));
}

/** Until when it is known who came: to the eve of the silence, where the store's last visit lies before it. */
function lastSeen({ all }: Room, store: Text, silentFrom: Text, asOf: string): string {
  const last = all
    .filter(({ kind, day, home }) => kind === 'visit' && day <= asOf && (home?.store ?? null) === store)
    .reduce((latest, { day }) => (day > latest ? day : latest), '');
  return silentFrom !== null && last !== '' && last < silentFrom ? addDays(silentFrom, -1) : asOf;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000);
}
