import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import type { Given, GivenRow } from '../queries/case.ts';

/** An order of a named client with what came after it; money in cents. */
export type Purchase = {
  readonly client: string;
  readonly store: string;
  readonly day: string;
  readonly cents: number;
  readonly cost: number | null;
  /** Days until all of it is cancelled, or the half of it refunded. */
  readonly takenBack: { readonly after: number; readonly status: 'cancelled' | 'refunded' } | null;
  /** An upsell as many days later, of the same amount and without a cost. */
  readonly upsoldAfter: number | null;
};

export const firstDay = '2025-01-20';

/** Few clients and days, so that values are often equal and months are often cut at their end. */
export const purchases: fc.Arbitrary<Purchase[]> = fc
  .array(
    fc.record({
      client: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
      day: fc
        .oneof(fc.constantFrom(0, 11, 39, 40, 70), fc.integer({ min: 0, max: 200 }))
        .map((after) => addDays(firstDay, after)),
      cents: fc.constantFrom(0, 10_000, 10_001, 88_888),
      cost: fc.constantFrom(null, 0, 5_000),
      takenBack: fc.option(
        fc.record({
          after: fc.integer({ min: 0, max: 90 }),
          status: fc.constantFrom('cancelled', 'refunded'),
        } as const),
        { freq: 3 },
      ),
      upsoldAfter: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
    { minLength: 6, maxLength: 25 },
  )
  .map((list) => list.map((one) => ({ ...one, store: one.client < 'D' ? 'east' : 'west' })));

const yuan = (cents: number) => (cents / 100).toFixed(2);

/** Purchases as rows of the lists. */
export function listsOf(list: readonly Purchase[]): Given {
  const system = { batch_id: '1', imported_on: '2099-12-31', extra: '{}' };
  const orders: GivenRow[] = list.map((one, at) => ({
    ...system,
    line: String(at + 1),
    order_id: String(at),
    ordered_at: `${one.day} 10:00:00`,
    amount: yuan(one.cents),
    cost: one.cost === null ? null : yuan(one.cost),
    customer_id: one.client,
    store: one.store,
    status: one.takenBack?.status ?? 'active',
    cancelled_at: one.takenBack && `${addDays(one.day, one.takenBack.after)} 12:00:00`,
    refunded_amount: one.takenBack?.status === 'refunded' ? yuan(one.cents / 2) : null,
  }));
  const upsells: GivenRow[] = list.flatMap(({ day, cents, upsoldAfter }, at) =>
    upsoldAfter === null
      ? []
      : [
          {
            ...system,
            line: String(at + 1),
            upsell_id: String(at),
            order_id: String(at),
            sold_at: `${addDays(day, upsoldAfter)} 18:00:00`,
            amount: yuan(cents),
          },
        ],
  );
  return new Map([
    ['orders', orders],
    ['upsells', upsells],
  ]);
}

/** What a client brought on a day, in cents. */
export type Sale = {
  readonly client: string;
  readonly store: string;
  readonly day: string;
  readonly cents: number;
  readonly order: boolean;
};

/** Every amount on its own day, up to the last one. */
export function salesOf(list: readonly Purchase[], lastDay: string): Sale[] {
  return list
    .flatMap(({ client, store, day, cents, takenBack, upsoldAfter }) => [
      { client, store, day, cents, order: true },
      ...(takenBack
        ? [
            {
              client,
              store,
              day: addDays(day, takenBack.after),
              cents: takenBack.status === 'cancelled' ? -cents : -Math.round(Number(yuan(cents / 2)) * 100),
              order: false,
            },
          ]
        : []),
      ...(upsoldAfter === null
        ? []
        : [{ client, store, day: addDays(day, upsoldAfter), cents, order: false }]),
    ])
    .filter((sale) => sale.day <= lastDay);
}

/** The day as many months later, the last of the month where it has no such day. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
