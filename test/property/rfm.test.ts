import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { rfm, rfmClients } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { firstDay, listsOf, purchases, salesOf } from './purchases.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

/** 1 + the whole part of 5 × those who are worse ÷ all. */
const scoreOf = <T>(value: T, all: readonly T[]) =>
  1 + Math.floor((5 * all.filter((other) => other < value).length) / all.length);

const centsOf = (amount: string) => Math.round(Number(amount) * 100);
const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

test('every client who ordered is in one cell of RFM, with the scores that their rank gives, and its cells sum to all', async () => {
  const seen = { together: 0 };
  await fc.assert(
    fc.asyncProperty(purchases, async (list) => {
      await fill(warehouse, listsOf(list));
      const asker = asOwner({ warehouse });
      const as_of = addDays(firstDay, 150);
      const bought = Object.entries(Object.groupBy(salesOf(list, as_of), ({ client }) => client)).map(
        ([client, sales = []]) => {
          const orders = sales.filter(({ order }) => order).map(({ day }) => day);
          return {
            client,
            last: orders.toSorted().at(-1) ?? '',
            orders: orders.length,
            cents: sum(sales.map(({ cents }) => cents)),
          };
        },
      );
      const wanted = bought.map((one) => ({
        ...one,
        r: scoreOf(
          one.last,
          bought.map(({ last }) => last),
        ),
        f: scoreOf(
          one.orders,
          bought.map(({ orders }) => orders),
        ),
        m: scoreOf(
          one.cents,
          bought.map(({ cents }) => cents),
        ),
      }));
      const { rows: clients } = await rfmClients(asker, { as_of });
      const found = clients.map((one) => ({
        client: one.customer_id ?? '',
        last: one.last_on,
        orders: one.orders,
        cents: centsOf(one.revenue),
        r: one.r_score,
        f: one.f_score,
        m: one.m_score,
      }));
      const byClient = (one: { client: string }, other: { client: string }) =>
        one.client.localeCompare(other.client);
      expect(found.toSorted(byClient)).toEqual(wanted.toSorted(byClient));
      const whole = await rfm(asker, { as_of });
      for (const cell of whole.rows) {
        const members = wanted.filter(({ r, f }) => r === cell.recency_score && f === cell.frequency_score);
        expect([cell.clients, centsOf(cell.revenue)]).toEqual([
          members.length,
          sum(members.map(({ cents }) => cents)),
        ]);
        if (members.length > 1) seen.together += 1;
      }
      const split = await rfm(asker, { as_of, by: 'store' });
      for (const { rows } of [whole, split])
        expect([
          sum(rows.map((cell) => cell.clients)),
          sum(rows.map(({ revenue }) => centsOf(revenue))),
        ]).toEqual([bought.length, sum(bought.map(({ cents }) => cents))]);
    }),
    runs(12, 400),
  );
  expect(seen.together).toBeGreaterThan(0);
});
