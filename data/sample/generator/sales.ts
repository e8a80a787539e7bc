import { between, happens, logNormal, weighted, type Random } from './random.ts';
import { dayPart, type Day, type Instant } from './calendar.ts';
import type { Member } from './staff.ts';
import type { Channel, Store } from './studio.ts';

/** A consultation, by a lead or by a customer who never left one. */
export type Consultation = {
  at: Instant;
  lead: number | null;
  customer: string | null;
  outcome: 'booked' | 'no_sale' | 'same_day';
  store: Store;
  seller: Member;
  reason: string | null;
  tactic: string | null;
  minutes: number;
};

/** A signed order as it will be known once everything has happened. */
export type Order = {
  at: Instant;
  amount: number;
  lead: number | null;
  customer: string;
  package: string;
  list_price: number;
  deposit: number;
  cost: number;
  store: Store;
  seller: Member;
  channel: Channel | null;
  cancelled: Instant | null;
  refunded: Instant | null;
  refunded_amount: number;
};

/** List prices of the packages, and how often each is signed. */
const packages = {
  初见: { price: 4999, weight: 18 },
  花期: { price: 5999, weight: 30 },
  心印: { price: 6999, weight: 27 },
  山海: { price: 7999, weight: 16 },
  盛典: { price: 9999, weight: 9 },
} as const;
type Package = keyof typeof packages;

const weights = Object.fromEntries(
  Object.entries(packages).map(([name, { weight }]) => [name, weight]),
) as Record<Package, number>;

/** Hundreds off the list price: what the saleswoman may give. */
const discounts = { 0: 12, 1: 4, 2: 7, 3: 12, 5: 26, 6: 12, 8: 16, 10: 8, 12: 3 };

const reasons = { 价格: 30, 再比较: 26, 档期: 9, 风格不合: 14, 需家人同意: 15, 距离远: 6 };
const tactics = { 限时优惠: 30, 二选一: 24, 赠品: 20, 档期紧张: 14, 店长出面: 12 };

/** A consultation with its outcome: who does not sign leaves a reason, mostly; a tactic is noted either way. */
export function consultation(
  random: Random,
  facts: Pick<Consultation, 'at' | 'lead' | 'customer' | 'store' | 'seller'>,
  signed: boolean,
): Consultation {
  return {
    ...facts,
    outcome: signed ? (happens(random, 0.06) ? 'same_day' : 'booked') : 'no_sale',
    reason: !signed && happens(random, 0.9) ? weighted(random, reasons) : null,
    tactic: happens(random, signed ? 0.85 : 0.5) ? weighted(random, tactics) : null,
    minutes: Math.round(logNormal(random, signed ? 85 : 55, 0.3) / 5) * 5,
  };
}

/** A signed order: price by package, and whether it will be called off or partly refunded. */
export function order(
  random: Random,
  facts: Pick<Order, 'at' | 'lead' | 'customer' | 'store' | 'seller' | 'channel'>,
): Order {
  const name = weighted(random, weights);
  const { price } = packages[name];
  const amount = price - 100 * Number(weighted(random, discounts as Record<string, number>));
  const fate = random.next();
  const after = (median: number): Instant =>
    facts.at + 1440 * Math.ceil(logNormal(random, median, 0.7)) - between(random, 0, 240);
  return {
    ...facts,
    amount,
    package: name,
    list_price: price,
    deposit: happens(random, 0.7) ? 1000 : 2000,
    cost: Math.round(amount * (0.32 + 0.08 * random.next())),
    cancelled: fate < 0.03 ? after(14) : null,
    refunded: fate >= 0.03 && fate < 0.04 ? after(75) : null,
    refunded_amount: Math.round((amount * between(random, 1, 4)) / 1000) * 100,
  };
}

/** True when the order still stands on a day. */
export const stands = (order: Order, day: Day): boolean =>
  order.cancelled === null || dayPart(order.cancelled) > day;
