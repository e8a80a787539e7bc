import { dayOf } from './days.ts';
import type { Facts, Order } from './tables.ts';

/** Cents of a decimal text such as '12.3'; exact. */
export function cents(amount: string): bigint {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return negative ? -value : value;
}

/** Decimal text with two places of a number of cents. */
export function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A change of the money signed: the order itself, or what was taken back of it, on its own day. */
export interface MoneyMove {
  day: string;
  cents: bigint;
}

/** The order and, where it was cancelled or refunded, the negative move (domain.md §5, money words). */
export function moves(order: Order, facts: Facts): { signed: MoneyMove; takenBack: MoneyMove | null } {
  const amount = cents(order.amount);
  const signed = { day: dayOf(order.ordered_at), cents: amount };
  if (order.status === 'active') return { signed, takenBack: null };
  const whole = order.status === 'cancelled' || order.refunded_amount === null;
  const back = whole ? amount : cents(order.refunded_amount ?? '0');
  return { signed, takenBack: { day: takenBackOn(order, facts), cents: -back } };
}

/** The day on which a cancellation or refund counts: its date, else the day its batch was imported. */
export function takenBackOn(order: Order, facts: Facts): string {
  return order.cancelled_at === null ? facts.importedOn(order) : dayOf(order.cancelled_at);
}
