import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { duplicateRows, duplicates } from '#lib/server/reports.gen.ts';
import type { DuplicateRowsRow } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { foundTwice } from '../oracle/duplicates.ts';
import type { Found, Keyed } from '../oracle/duplicates.ts';
import type { GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

/** A row of any list: few values, so that they meet. */
const drawn = fc.record({
  day: fc.constantFrom(0, 0, 30, 31, 62),
  second: fc.constantFrom(0, 59, 60),
  who: fc.constantFrom('1', '1', '2', null),
  what: fc.constantFrom('a', 'a', 'b'),
  store: fc.constantFrom('A', 'B', null),
  amount: fc.constantFrom(0, 1000, 1000, 2550),
  other: fc.boolean(),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const lists = fc.record({
  leads: fc.oneof(fc.array(drawn, { maxLength: 8 }), fc.array(drawn, { minLength: 36, maxLength: 48 })),
  visits: fc.array(drawn, { minLength: 10, maxLength: 24 }),
  orders: fc.array(drawn, { minLength: 10, maxLength: 24 }),
  payments: fc.array(drawn, { minLength: 10, maxLength: 24 }),
});

const instantOf = ({ day, second }: Drawn) =>
  `${addDays('2026-01-05', day)} 10:0${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`;
const minuteOf = (row: Drawn) => instantOf(row).slice(0, 16);
const dayOf = (row: Drawn) => instantOf(row).slice(0, 10);
const money = (cents: number) => (cents / 100).toFixed(2);
const origin = (at: number) => ({
  extra: null,
  batch_id: '1',
  line: String(at + 1),
  imported_on: '2099-12-31',
});

/** What is the same in two rows of each kind; null where a row can be the same as none. */
const kinds: Record<
  string,
  { of: keyof Lists; shared: (row: Drawn) => string | null; days?: number; most?: number }
> = {
  same_phone_lead: { of: 'leads', shared: ({ who }) => who, days: 30, most: 20 },
  same_visit: {
    of: 'visits',
    shared: (row) => row.who && [row.other, row.who, dayOf(row), row.store, row.what].join(),
  },
  same_order: {
    of: 'orders',
    shared: (row) =>
      row.who && row.amount !== 0 && !row.other ? [row.who, dayOf(row), row.amount].join() : null,
  },
  same_payment: {
    of: 'payments',
    shared: (row) => row.who && [row.who, minuteOf(row), row.amount, row.what].join(),
  },
};
type Lists = typeof lists extends fc.Arbitrary<infer T> ? T : never;

const givenRow: Record<keyof Lists, (row: Drawn, at: number) => GivenRow> = {
  leads: (row, at) => ({ lead_id: `L${at}`, created_at: instantOf(row), phone: row.who, ...origin(at) }),
  visits: (row, at) => ({
    visit_id: `V${at}`,
    visited_at: instantOf(row),
    lead_id: row.other ? row.who : null,
    customer_id: row.other ? null : row.who,
    purpose: row.what,
    store: row.store,
    ...origin(at),
  }),
  orders: (row, at) => ({
    order_id: `O${at}`,
    ordered_at: instantOf(row),
    amount: money(row.amount),
    customer_id: row.who,
    status: row.other ? 'cancelled' : 'active',
    ...origin(at),
  }),
  payments: (row, at) => ({
    payment_id: `P${at}`,
    paid_at: instantOf(row),
    amount: money(row.amount),
    order_id: row.who,
    kind: row.what,
    ...origin(at),
  }),
};

/** The rows of a list as the oracle sees them. */
function keyed(list: keyof Lists, rows: readonly Drawn[], shared: (row: Drawn) => string | null): Keyed[] {
  const carries = list === 'orders' || list === 'payments';
  return rows.map((row, at) => ({
    id: `${list[0]?.toUpperCase()}${at}`,
    shared: shared(row),
    at: instantOf(row),
    amount: carries ? row.amount : 0,
  }));
}

test('as many rows stand there twice as comparing every pair finds, and each of them is listed below its like', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (drawnLists) => {
      const names = Object.keys(givenRow) as (keyof Lists)[];
      await fill(warehouse, new Map(names.map((name) => [name, drawnLists[name].map(givenRow[name])])));
      const { rows } = await duplicates(asOwner({ warehouse }), {});
      for (const [kind, { of, shared, days, most }] of Object.entries(kinds)) {
        const wanted = foundTwice(keyed(of, drawnLists[of], shared), {
          ...(days === undefined ? {} : { days }),
          ...(most === undefined ? {} : { most }),
        });
        const row = rows.find((one) => one.kind === kind);
        const said: Found = {
          groups: row?.groups ?? 0,
          rows: row?.rows ?? 0,
          extra_rows: row?.extra_rows ?? 0,
          extra_cents: Math.round(Number(row?.extra_amount ?? 0) * 100),
        };
        expect(said, kind).toEqual(wanted);
      }
      const listed = await duplicateRows(asOwner({ warehouse }), { limit: 1000 });
      const all = rows.reduce((sum, row) => sum + row.rows, 0);
      expect(listed.rows.length).toBe(all);
      expect(groupsOf(listed.rows)).toBe(rows.reduce((sum, row) => sum + row.groups, 0));
    }),
    runs(10, 1500),
  );
});

/** How many groups follow each other; one that is torn apart counts twice. */
function groupsOf(rows: readonly DuplicateRowsRow[]): number {
  return rows.filter((row, at) => row.group_no !== rows[at - 1]?.group_no).length;
}
