import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { payback } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { firstDay, listsOf, monthsLater, purchases, salesOf } from './purchases.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const system = { batch_id: '1', imported_on: '2099-12-31', extra: '{}' };
const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

test('a client has left over by an age, on the mean, what those who lived through each month brought in it, and pays back when that first reaches the spend', async () => {
  const as_of = addDays(firstDay, 150);
  const to = addDays(firstDay, 100);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(purchases, fc.integer({ min: 1, max: 40_000 }), async (drawn, spend) => {
      const list = drawn.flatMap((one) =>
        ['', '2', '3', '4'].map((copy) => ({ ...one, client: one.client + copy })),
      );
      const campaign = {
        ...system,
        line: '1',
        campaign_id: 'K',
        name: 'K',
        channel: 'ads',
        starts_on: firstDay,
        ends_on: firstDay,
        cost: String(spend),
      };
      const leads = [...new Set(list.map(({ client }) => client))].map((client, at) => ({
        ...system,
        line: String(at + 1),
        lead_id: client,
        customer_id: client,
        channel: 'ads',
        created_at: '2025-01-02 09:00:00',
      }));
      const costless = list.map((one) => ({ ...one, cost: null }));
      await fill(
        warehouse,
        new Map([...listsOf(costless), ['leads', leads], ['campaigns', [campaign]]] as const),
      );
      const sales = salesOf(costless, as_of);
      const clients = Object.values(Object.groupBy(sales, ({ client }) => client))
        .map((own = []) => ({
          own,
          first:
            own
              .filter(({ order }) => order)
              .map(({ day }) => day)
              .toSorted()[0] ?? '',
        }))
        .filter(({ first }) => first <= to);
      const { rows } = await payback(asOwner({ warehouse }), { from: firstDay, to, as_of, months: 12 });
      let gain = 0;
      const apart = new Map(clients.map(({ first }, at) => [at, { first, sum: 0 }]));
      let paidBack: number | null = null;
      for (const row of rows) {
        const living = clients.filter(({ first }) => monthsLater(first, row.age + 1) <= addDays(as_of, 1));
        const brought = living.flatMap(({ own, first }) =>
          own.filter(
            ({ day }) =>
              day < monthsLater(first, row.age + 1) && (row.age === 0 || day >= monthsLater(first, row.age)),
          ),
        );
        expect([row.new_clients, row.lived]).toEqual([clients.length, living.length]);
        if (living.length === 0) continue;
        const mean = sum(brought.map(({ cents }) => cents)) / living.length;
        gain += mean;
        for (const [at, { own, first }] of clients.entries()) {
          const one = apart.get(at);
          if (!one || !living.some((other) => other.own === own)) continue;
          const cents = own
            .filter(
              ({ day }) =>
                day < monthsLater(first, row.age + 1) &&
                (row.age === 0 || day >= monthsLater(first, row.age)),
            )
            .map((sale) => sale.cents);
          one.sum += (sum(cents) - mean) / living.length;
        }
        const reach = 1.959963984540054 * Math.sqrt(sum([...apart.values()].map((one) => one.sum ** 2)));
        expect(row.gain_low === null).toBe(living.length < 10);
        if (row.gain_low !== null) {
          expect(Math.abs(Number(row.gain_low) * 100 - (gain - reach))).toBeLessThan(0.51);
          expect(Math.abs(Number(row.gain_high) * 100 - (gain + reach))).toBeLessThan(0.51);
          seen.add(living.length < clients.length ? 'partly lived' : 'bounded');
        }
        expect(Math.abs(Number(row.gain_per_client) * 100 - gain)).toBeLessThan(0.51);
        if (paidBack === null && row.paid_back) paidBack = row.age;
        if (Math.abs(gain - (spend * 100) / clients.length) > 1)
          expect(row.paid_back).toBe(gain > (spend * 100) / clients.length);
      }
      for (const row of rows) expect(row.paid_back_age).toBe(paidBack);
      for (const row of rows) seen.add(row.standing);
    }),
    runs(12, 300),
  );
  expect([...seen]).toEqual(expect.arrayContaining(['paid_back', 'not_yet', 'partly lived']));
});
