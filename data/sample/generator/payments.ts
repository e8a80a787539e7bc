import { dayOf, dayPart, type Instant } from './calendar.ts';
import type { AfterSale } from './after-sale.ts';
import { openDay } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { happens, logNormal, stream } from './random.ts';
import type { Order } from './sales.ts';
import { within } from './tables.ts';

export type Payment = {
  at: Instant;
  order: number;
  amount: number;
  kind: 'deposit' | 'balance' | 'upsell' | 'refund';
};

/** What the cashier took and gave back up to the last day, by time: some balances come late, a few never. */
export function paymentsOf(
  parameters: Parameters,
  seed: number,
  orders: Order[],
  after: AfterSale,
): Payment[] {
  const random = stream(seed, 'payments');
  const last = dayOf(parameters.last_day);
  const shoots = new Map(
    after.services.filter(({ purpose }) => purpose === 'shoot').map((service) => [service.order, service.at]),
  );
  const ofOrders = orders.flatMap((order, number): Payment[] => {
    const pays: Payment[] = [{ at: order.at + 5, order: number, amount: order.deposit, kind: 'deposit' }];
    const shoot = shoots.get(number);
    const fate = random.next();
    const late = Math.ceil(logNormal(random, 20, 0.6)) * 1440;
    if (shoot !== undefined && fate > 0.02)
      pays.push({
        at: shoot + (fate < 0.12 ? late : 10),
        order: number,
        amount: order.amount - order.deposit,
        kind: 'balance',
      });
    if (order.cancelled !== null && happens(random, 0.8))
      pays.push({ at: order.cancelled + 30, order: number, amount: order.deposit, kind: 'refund' });
    if (order.refunded !== null && shoot !== undefined && order.refunded > shoot)
      pays.push({ at: order.refunded + 30, order: number, amount: order.refunded_amount, kind: 'refund' });
    return pays;
  });
  const ofUpsells = after.upsells
    .filter(({ sold }) => sold)
    .map(({ at, order, amount }): Payment => ({ at: at + 5, order, amount, kind: 'upsell' }));
  return [...ofOrders, ...ofUpsells]
    .map((payment) => {
      const store = orders[payment.order]?.store;
      const day = dayPart(payment.at);
      const wait = store === undefined ? 0 : openDay(parameters, store, day) - day;
      return { ...payment, at: payment.at + wait * 1440 };
    })
    .filter(({ at }) => within(last, at))
    .toSorted((a, b) => a.at - b.at);
}
