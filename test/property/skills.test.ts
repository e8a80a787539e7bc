import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { staffComparison, type StaffComparisonRow } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { rankCorrelation } from '../soak/recovery.ts';
import { openSample, truth } from './sample.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

type Desk = { figure: 'visit_orders' | 'lead_orders' | 'lead_visits'; planted: Record<string, number> };
const sellers: Desk = { figure: 'visit_orders', planted: truth.sellers };
const inviters: Desk = { figure: 'lead_orders', planted: truth.inviters };
const invitersByVisits: Desk = { figure: 'lead_visits', planted: truth.inviters };

type Days = { from?: string; to?: string };
const everything: Days = { from: truth.first_day, to: truth.last_day };
const lastQuarter: Days = { from: addDays(truth.last_day, -90), to: truth.last_day };
/** The weeks in which people are compared unless other days are asked. */
const comparedYear: Days = {};

/** Rank correlation (Spearman) of the planted skills with raw rates, and with shrunken rates less what was expected. */
async function correlations({ figure, planted }: Desk, days: Days): Promise<{ raw: number; fair: number }> {
  const { rows } = await staffComparison(asOwner({ warehouse }), { figure, ...days });
  const with_ = (value: (row: StaffComparisonRow) => number | null) =>
    rankCorrelation(rows.map((row): [number, number] => [planted[row.staff_id] ?? NaN, value(row) ?? NaN]));
  return { raw: with_(({ rate }) => rate), fair: with_(({ difference }) => difference) };
}

describe('the skills that the sample’s people were given', () => {
  test.each([
    ['sellers, three years', sellers, everything, 0.81, 0.91],
    ['sellers, a year', sellers, comparedYear, 0.78, 0.92],
    ['sellers, a quarter', sellers, lastQuarter, 0.29, 0.38],
    ['inviters by orders, three years', inviters, everything, 0.55, 0.83],
    ['inviters by orders, a year', inviters, comparedYear, 0.38, 0.75],
    ['inviters by visits, a year', invitersByVisits, comparedYear, 0.78, 0.85],
  ])(
    'are ordered better by the shrunken rate beside the expectation than by the raw one: %s',
    async (_, desk, days, raw, fair) => {
      const found = await correlations(desk, days);
      expect(found.raw).toBeCloseTo(raw, 2);
      expect(found.fair).toBeCloseTo(fair, 2);
      expect(found.fair).toBeGreaterThan(found.raw);
    },
  );

  test('of inviters who mostly work alone with one other are ordered no better over three years of visits, where raw rates already tell', async () => {
    const { raw, fair } = await correlations(invitersByVisits, everything);
    expect(raw).toBeCloseTo(0.95, 2);
    expect(fair).toBeCloseTo(0.89, 2);
  });
});
