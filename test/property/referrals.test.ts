import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import {
  referralGenerations,
  referralProblems,
  referralReturns,
  referralTree,
} from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { forestOf } from '../oracle/referrals.ts';
import type { Sent } from '../oracle/referrals.ts';
import { addDays } from '../oracle/days.ts';
import type { Given, GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const FIRST = '2026-01-01';
const AS_OF = '2026-12-31';

/** Leads of up to twelve clients who may have been sent by anybody, by themselves, in circles, and twice. */
const forests = fc
  .array(
    fc.record({
      day: fc.nat(60),
      client: fc.nat(11),
      referrer: fc.option(fc.nat(11), { freq: 6 }),
      amount: fc.option(fc.integer({ min: 1, max: 900 }), { freq: 4 }),
      cancelled: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((leads) =>
    leads.map(({ client, referrer, ...rest }, at): Sent => ({
      ...rest,
      lead: `L${String(at).padStart(3, '0')}`,
      client: `K${client}`,
      referrer: referrer === null ? null : `K${referrer}`,
    })),
  );

const row = (at: number, cells: Record<string, string | null>): GivenRow => ({
  ...cells,
  batch_id: '1',
  line: String(at + 1),
  imported_on: '2099-12-31',
});

function givenOf(leads: readonly Sent[]): Given {
  const at = (day: number) => `${addDays(FIRST, day)} 10:00:00`;
  return new Map([
    [
      'leads',
      leads.map(({ lead, day, client, referrer }, line) =>
        row(line, {
          lead_id: lead,
          created_at: at(day),
          customer_id: client,
          referrer_customer_id: referrer,
        }),
      ),
    ],
    [
      'orders',
      leads.flatMap(({ lead, day, client, amount, cancelled }, line) =>
        amount === null
          ? []
          : [
              row(line, {
                order_id: `O${lead}`,
                ordered_at: at(day + 1),
                amount: String(amount),
                lead_id: lead,
                customer_id: client,
                status: cancelled ? 'cancelled' : 'active',
                cancelled_at: cancelled ? at(day + 2) : null,
              }),
            ],
      ),
    ],
  ]);
}

test('generations are those of trees built by hand, they sum to the whole tree, and no order counts twice', async () => {
  const seen = { circles: 0, deepest: 0 };
  await fc.assert(
    fc.asyncProperty(forests, async (leads) => {
      await fill(warehouse, givenOf(leads));
      const asker = asOwner({ warehouse });
      const { generations, cut } = forestOf(leads);
      const { rows } = await referralGenerations(asker, { as_of: AS_OF });
      expect(
        rows.map((one) => [one.generation, one.people, one.orders, one.cancelled_orders, Number(one.amount)]),
      ).toEqual(
        [...generations]
          .toSorted(([a], [b]) => a - b)
          .map(([no, { people, orders, cancelled, amount }]) => [no, people, orders, cancelled, amount]),
      );
      const whole = (await referralReturns(asker, { as_of: AS_OF })).rows.find(
        ({ scope }) => scope === 'whole',
      );
      const sum = (of: (one: (typeof rows)[number]) => number) => rows.reduce((all, one) => all + of(one), 0);
      expect([whole?.orders, Number(whole?.amount), Number(whole?.gain), Number(whole?.cost)]).toEqual([
        sum(({ orders }) => orders),
        sum(({ amount }) => Number(amount)),
        sum(({ gain }) => Number(gain)),
        sum(({ rewards }) => Number(rewards)),
      ]);
      expect(whole?.orders).toBeLessThanOrEqual(leads.filter(({ amount }) => amount !== null).length);
      const problems = (await referralProblems(asker, { as_of: AS_OF })).rows;
      expect(problems.filter(({ problem }) => problem === 'cycle').map(({ item }) => item)).toEqual(
        cut.map((lead) => `L:${lead}`).toSorted(),
      );
      const tree = (await referralTree(asker, { as_of: AS_OF, depth: 900 })).rows;
      const people = rows
        .filter(({ generation }) => generation > 0)
        .reduce((all, one) => all + one.people, 0);
      expect(Math.max(0, tree.length - 1)).toBeLessThanOrEqual(people);
      seen.circles += cut.length;
      seen.deepest = Math.max(seen.deepest, ...generations.keys());
    }),
    runs(25, 600),
  );
  expect(seen.circles).toBeGreaterThan(0);
  expect(seen.deepest).toBeGreaterThan(3);
});
