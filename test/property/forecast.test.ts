import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { forecastBacktest, survival } from '#lib/server/reports.gen.ts';
import type { ForecastBacktestRow } from '#lib/server/reports.gen.ts';
import { projectRoot } from '#lib/server/project.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { conversionByAge } from '../oracle/survival.ts';
import type { Followed } from '../oracle/survival.ts';
import type { GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { referenceData } from '../run/reference-data.ts';
import { runs } from './runs.ts';
import { change, openSample } from './sample.ts';

const LAST_DAY = '2026-06-30';

let laboratory: Warehouse;
beforeAll(async () => {
  laboratory = await openEmptyWarehouse();
});
afterAll(() => laboratory.close());

const days = fc.integer({ min: 0, max: 20 });
const somebody = fc.record({
  seen: days,
  reached: fc.option(days, { nil: null }),
  lost: fc.option(days, { nil: null }),
});

function row(cells: Record<string, string | null>): GivenRow {
  return { ...cells, batch_id: '1', line: '1', imported_on: '2026-07-01' };
}

/** Leads that began so many days before the last day, with what is dated later left for the future to bring. */
async function load(people: readonly Followed[]): Promise<void> {
  const at = ({ seen }: Followed, age: number) => addDays(LAST_DAY, age - seen);
  await fill(
    laboratory,
    new Map([
      [
        'leads',
        people.map((one, no) =>
          row({
            lead_id: `L${no}`,
            created_at: `${at(one, 0)} 09:00:00`,
            lost_at: one.lost === null ? null : `${at(one, one.lost)} 12:00:00`,
          }),
        ),
      ],
      [
        'orders',
        people.flatMap((one, no) =>
          one.reached === null || one.reached > one.seen
            ? []
            : [
                row({
                  order_id: `O${no}`,
                  lead_id: `L${no}`,
                  ordered_at: `${at(one, one.reached)} 15:00:00`,
                  amount: '100.00',
                }),
              ],
        ),
      ],
    ]),
  );
}

test('conversion by age is that of walking through everybody, age by age, with losses as an end of their own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(somebody, { minLength: 1, maxLength: 40 }), async (people) => {
      await load(people);
      const { rows } = await survival(asOwner({ warehouse: laboratory }), {
        from: '2026-01-01',
        to: LAST_DAY,
        as_of: LAST_DAY,
        conf_type: 'plain',
      });
      const wanted = conversionByAge(people);
      expect(rows.map(({ age }) => age)).toEqual(wanted.map(({ age }) => age));
      for (const [at, one] of wanted.entries()) {
        const came = rows[at];
        expect([came?.at_risk, came?.events, came?.losses]).toEqual([one.atRisk, one.events, one.losses]);
        expect(came?.incidence).toBeCloseTo(one.incidence, 9);
        expect(came?.loss_incidence).toBeCloseTo(one.lossIncidence, 9);
        if (one.incidence < 1 - 1e-9) expect(came?.standard_error).toBeCloseTo(one.standardError, 7);
      }
    }),
    runs(25, 1000),
  );
});

const pooled = (rows: readonly ForecastBacktestRow[]) => rows.find((one) => one.age_weeks === null);

test('past forecasts of the sample hold what their intervals promise, and are far nearer than the rate so far', async () => {
  const sample = await openSample();
  try {
    const { rows } = await forecastBacktest(asOwner({ warehouse: sample }), {});
    const all = pooled(rows);
    expect(all?.forecast_dates).toBeGreaterThanOrEqual(26);
    expect(all?.covered_80_rate).toBeGreaterThanOrEqual(0.72);
    expect(all?.covered_80_rate).toBeLessThanOrEqual(0.88);
    expect(all?.covered_95_rate).toBeGreaterThanOrEqual(0.9);
    // Up to four weeks of age the amount of the error; at four weeks just the mean, as chance alone is larger than what is left.
    expect(all?.error_ratio).toBeLessThanOrEqual(1 / 3);
    const grown = rows.find(({ age_weeks }) => age_weeks === 4);
    expect(Math.abs(grown?.mean_error_rate ?? 1)).toBeLessThanOrEqual(
      Math.abs(grown?.naive_error_rate ?? 0) / 3,
    );
    expect(all?.verdict).toBe('steady');
  } finally {
    await sample.close();
  }
});

const reference = referenceData(projectRoot());
test.runIf(reference.present)(
  'where the process changed on the way, forecasts are still nearer, and the past is called a poor guide',
  async () => {
    const list = (name: string) =>
      `read_csv('${join(reference.folder, 'real/olist', name)}', all_varchar = true)`;
    await change(laboratory, async (transaction) => {
      await transaction.run('delete from exports.leads');
      await transaction.run('delete from exports.orders');
      await transaction.run(`
        insert into exports.leads by name
        select mql_id as lead_id, first_contact_date as created_at, origin as channel,
          1 as batch_id, row_number() over () as line, date '2018-12-01' as imported_on
        from ${list('olist_marketing_qualified_leads_dataset.csv')}`);
      await transaction.run(`
        insert into exports.orders by name
        select mql_id as order_id, mql_id as lead_id, won_date as ordered_at, declared_monthly_revenue as amount,
          1 as batch_id, row_number() over () as line, date '2018-12-01' as imported_on
        from ${list('olist_closed_deals_dataset.csv')}`);
    });
    const { rows } = await forecastBacktest(asOwner({ warehouse: laboratory }), {
      from: '2018-02-01',
      horizon: 90,
    });
    expect(pooled(rows)?.error_ratio).toBeLessThanOrEqual(1 / 1.5);
    expect(rows.find(({ age_weeks }) => age_weeks === 4)?.error_ratio).toBeLessThanOrEqual(1 / 1.5);
    expect(pooled(rows)?.verdict).toBe('drift');
  },
);
