import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { cohortValue } from '#lib/server/reports.gen.ts';
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

const centsOf = (amount: string) => Math.round(Number(amount) * 100);
const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

test('a cohort’s value at an age is all that its clients brought before they were older, and each order is in one cohort', async () => {
  const as_of = addDays(firstDay, 240);
  await fc.assert(
    fc.asyncProperty(purchases, async (list) => {
      await fill(warehouse, listsOf(list));
      const asker = asOwner({ warehouse });
      const sales = salesOf(list, as_of);
      const clients = Object.values(Object.groupBy(sales, ({ client }) => client)).map((own = []) => ({
        own,
        first:
          own
            .filter(({ order }) => order)
            .map(({ day }) => day)
            .toSorted()[0] ?? '',
      }));
      const question = { cohort: 'month', ages: 24, as_of, from: firstDay, to: as_of } as const;
      const { rows } = await cohortValue(asker, question);
      const cells = rows.filter(({ scope }) => scope === 'cohort');
      for (const cell of cells) {
        const members = clients.filter(({ first }) => first.slice(0, 7) === cell.starts_on?.slice(0, 7));
        const values = members.map(({ own, first }) =>
          sum(own.filter(({ day }) => day < monthsLater(first, cell.age + 1)).map(({ cents }) => cents)),
        );
        expect([cell.clients, centsOf(cell.revenue)]).toEqual([members.length, sum(values)]);
        if (members.length < 5) expect(cell.revenue_low).toBeNull();
        else {
          const mean = sum(values) / values.length;
          const spread = Math.sqrt(
            sum(values.map((one) => (one - mean) ** 2)) / (values.length * (values.length - 1)),
          );
          const t = { 5: 2.776_445, 6: 2.570_582, 7: 2.446_912, 8: 2.364_624 }[values.length] ?? 0;
          expect(Math.abs((cell.revenue_high ?? 0) * 100 - mean - t * spread)).toBeLessThan(
            0.001 * spread + 0.01,
          );
        }
      }
      const latest = Object.values(Object.groupBy(cells, ({ starts_on }) => starts_on ?? '')).map(
        (row = []) => row.at(-1),
      );
      expect(sum(latest.map((cell) => centsOf(cell?.revenue ?? '')))).toBe(
        sum(sales.map(({ cents }) => cents)),
      );
      expect(sum(latest.map((cell) => cell?.orders ?? 0))).toBe(sales.filter(({ order }) => order).length);
      for (const mean of rows.filter(({ scope }) => scope === 'mature')) {
        const finished = cells.filter(({ age, unfinished }) => age === mean.age && !unfinished);
        expect([mean.cohorts, mean.clients, centsOf(mean.revenue)]).toEqual([
          finished.length,
          sum(finished.map((cell) => cell.clients)),
          sum(finished.map(({ revenue }) => centsOf(revenue))),
        ]);
      }
      const split = await cohortValue(asker, { ...question, by: 'store' });
      for (const cell of rows) {
        const parts = split.rows.filter(
          ({ scope, starts_on, age }) =>
            scope === cell.scope && starts_on === cell.starts_on && age === cell.age,
        );
        expect([sum(parts.map((part) => part.clients)), sum(parts.map(({ gain }) => centsOf(gain)))]).toEqual(
          [cell.clients, centsOf(cell.gain)],
        );
      }
    }),
    runs(10, 300),
  );
});
