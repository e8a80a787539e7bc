import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { attribution, attributionPaths } from '#lib/server/reports.gen.ts';
import type { AttributionRow } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import type { Raw } from '../oracle/tables.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const build = (raw: Raw) =>
  warehouse.write(async (transaction) => {
    await fillExports(transaction, raw);
    await rebuildModels(transaction);
  });

const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };
const questions = fc.record({
  by: fc.constantFrom('channel' as const, 'campaign' as const),
  window_days: fc.constantFrom(1, 7, 30, 90, 730),
  half_life_days: fc.integer({ min: 1, max: 60 }),
  last: fc.integer({ min: 5, max: 60 }),
});
const daysOf = (last: number) => ({
  from: addDays(baseDay, -30),
  to: addDays(baseDay, last),
  as_of: addDays(baseDay, 60),
});

const cents = (money: string) => Math.round(Number(money) * 100);
const methodsOf = (rows: readonly AttributionRow[]) => [
  ...Map.groupBy(rows, ({ method }) => method).values(),
];

describe('attribution', () => {
  test('credits by each of eight ways all orders of the period and all their money, and nothing to a channel without an order', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, { last, ...question }) => {
        await build(raw);
        const days = daysOf(last);
        const [all] = await warehouse.query<{ orders: number; amount: string }>(
          `select count(*)::bigint as orders, coalesce(sum(a.signed), 0)::decimal(18,2) as amount from acts a
           where a.kind = 'order' and a.happened_on between '${days.from}'::date and '${days.to}'::date`,
        );
        const { rows } = await attribution(asOwner({ warehouse }), { ...days, ...question });
        if (rows.length > 0) expect(methodsOf(rows)).toHaveLength(8);
        for (const of of methodsOf(rows)) {
          expect(of.reduce((sum, row) => sum + cents(row.orders), 0)).toBe(100 * (all?.orders ?? 0));
          expect(of.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(all?.amount ?? ''));
        }
        for (const row of rows)
          if (row.touched_orders === 0) expect([row.orders, row.amount]).toEqual(['0.00', '0.00']);
      }),
      runs(25, 400),
    );
  });

  test('is of the paths that are told: as many orders, as much money, and no path open whose window has run out', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, { last, by, window_days }) => {
        await build(raw);
        const question = { ...daysOf(last), by, window_days };
        const [first] = (await attribution(asOwner({ warehouse }), question)).rows;
        const { rows } = await attributionPaths(asOwner({ warehouse }), question);
        expect(rows.reduce((sum, row) => sum + row.orders, 0)).toBe(first?.all_orders ?? 0);
        expect(rows.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(first?.all_amount ?? '0'));
        for (const row of rows) {
          expect(row.open_people).toBeLessThanOrEqual(row.people - row.orders);
          if (last + window_days <= 60) expect(row.open_people).toBe(0);
        }
      }),
      runs(15, 200),
    );
  });

  test('tells marketers the same sums, and of no channel that touched fewer than five clients', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, { last, ...question }) => {
        await build(raw);
        const asked = { ...daysOf(last), ...question };
        const { rows } = await attribution({ warehouse, viewer: marketer }, asked);
        const [whole] = (await attribution(asOwner({ warehouse }), asked)).rows;
        for (const of of methodsOf(rows)) {
          expect(of.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(whole?.all_amount ?? ''));
          if (of.length > 1) expect(Math.min(...of.map(({ clients }) => clients))).toBeGreaterThanOrEqual(5);
        }
      }),
      runs(15, 200),
    );
  });
});
