import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { forecastBacktest, survival, survivalComparison } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { isSoak } from './runs.ts';
import { change } from './sample.ts';

/** A share would order in the end, after a log-normal delay, unless it is lost before; what is lost never orders. */
const ORDER = { share: 0.35, median: 10, sigma: 0.9 };
const LOSS_DAYS = 80;
const LAST_DAY = '2026-06-28';

/** So many worlds, each a channel of its own that knows nothing of the others, drawn anew for each `seed`. */
type Worlds = { seed: number; worlds: number; days: number; leads: number; wobble: number };

/** Independent uniform numbers, the same for the same seed and row. */
const uniform = (seed: number, no: number) =>
  `((hash(i::bigint * 64 + ${no}, ${seed}::bigint) % 1000000007::ubigint)::double + 0.5) / 1000000007.0`;
const normal = (seed: number, no: number) =>
  `(sqrt(-2 * ln(${uniform(seed, no)})) * cos(2 * pi() * ${uniform(seed, no + 1)}))`;

async function draw(warehouse: Warehouse, { seed, worlds, days, leads, wobble }: Worlds): Promise<void> {
  await change(warehouse, async (transaction) => {
    await transaction.run('delete from exports.leads');
    await transaction.run('delete from exports.orders');
    await transaction.run(`
      create or replace temp table drawn as
      with begun as (
        select i, i % ${worlds} as world, floor(${uniform(seed, 1)} * ${days})::int as seen
        from range(${worlds * leads}) r(i)
      ),
      weeks as (
        select world, i as week, exp(${wobble} * ${normal(seed + 1_000_000, 2)}) as luck
        from (select distinct world from begun) w cross join (select * from range(${Math.ceil(days / 7)}) r(n)) n,
          lateral (select n.n + w.world * 1000 as i) k
      )
      select b.i, b.world, b.seen,
        case when ${uniform(seed, 4)} < ${ORDER.share} * w.luck
          then floor(exp(ln(${ORDER.median}) + ${ORDER.sigma} * ${normal(seed, 5)}))::bigint end as ordered,
        floor(-${LOSS_DAYS} * ln(${uniform(seed, 8)}))::bigint as lost
      from begun b join weeks w on w.world = b.world and w.week = b.world * 1000 + b.seen // 7`);
    await transaction.run(`
      insert into exports.leads by name
      select 'L' || i as lead_id, date '${LAST_DAY}' - seen + interval 9 hour as created_at, 'world ' || world as channel,
        case when (ordered is null or ordered > lost) and lost <= seen
          then (date '${LAST_DAY}' - seen + lost::int) + interval 12 hour end as lost_at,
        1 as batch_id, i + 1 as line, date '${LAST_DAY}' + 1 as imported_on
      from drawn`);
    await transaction.run(`
      insert into exports.orders by name
      select 'O' || i as order_id, 'L' || i as lead_id, (date '${LAST_DAY}' - seen + ordered::int) + interval 15 hour as ordered_at,
        100 as amount, 1 as batch_id, i + 1 as line, date '${LAST_DAY}' + 1 as imported_on
      from drawn where ordered <= lost and ordered <= seen`);
  });
}

/** The true share that has ordered within so many days. */
function ordered(age: number): number {
  const within = (days: number) =>
    days < 0 ? 0 : normalCdf(Math.log(days + 1), Math.log(ORDER.median), ORDER.sigma);
  return Array.from({ length: age + 1 }, (_, day) => day).reduce(
    (sum, day) => sum + ORDER.share * (within(day) - within(day - 1)) * Math.exp(-day / LOSS_DAYS),
    0,
  );
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

describe('of a process that is known', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openEmptyWarehouse();
  });
  afterAll(() => warehouse.close());

  test('the bands of the curve hold the truth in 95 of 100 worlds, and the log-rank test calls 5 of 100 that are alike', async () => {
    const ages = [7, 14, 30, 60];
    const held = ages.map(() => 0);
    let [worlds, called, found, rounds] = [0, 0, 0, 0];
    for (let seed = 1; seed <= (isSoak ? 12 : 1); seed++) {
      await draw(warehouse, { seed, worlds: 400, days: 120, leads: 160, wobble: 0 });
      const asked = { from: addDays(LAST_DAY, -119), to: LAST_DAY, as_of: LAST_DAY, by: 'channel' } as const;
      const { rows } = await survival(asOwner({ warehouse }), asked);
      const curves = Map.groupBy(rows, ({ segment }) => segment);
      for (const curve of curves.values())
        for (const [at, age] of ages.entries()) {
          const point = curve.findLast((row) => row.age <= age);
          const truth = ordered(age);
          held[at]! += Number((point?.incidence_low ?? 0) <= truth && truth <= (point?.incidence_high ?? 0));
        }
      const compared = (await survivalComparison(asOwner({ warehouse }), asked)).rows;
      worlds += curves.size;
      called += compared.filter(({ p }) => p !== null && p < 0.05).length;
      found += Number(compared.some(({ verdict }) => verdict === 'differs'));
      rounds += 1;
    }
    const shares = held.map((count) => count / worlds);
    console.log(
      `${worlds} worlds of 160: bands hold ${ages.map((age, at) => `day ${age} ${percent(shares[at] ?? 0)}`).join(', ')}; ` +
        `p < 0.05 in ${percent(called / worlds)}; rounds that call any ${found} of ${rounds}`,
    );
    const [least, most] = isSoak ? [0.94, 0.965] : [0.925, 0.98];
    for (const [at, share] of shares.entries()) {
      expect(share, `day ${ages[at]}`).toBeGreaterThanOrEqual(least);
      expect(share, `day ${ages[at]}`).toBeLessThanOrEqual(most);
    }
    expect(called / worlds).toBeLessThanOrEqual(isSoak ? 0.06 : 0.08);
    expect(called / worlds).toBeGreaterThanOrEqual(isSoak ? 0.04 : 0.02);
  });

  test.each([
    { kind: 'weeks that differ by chance alone', wobble: 0 },
    { kind: 'weeks that differ by more', wobble: 0.15 },
  ])('the intervals of forecasts hold what comes as often as they say: $kind', async ({ kind, wobble }) => {
    const tally = { forecasts: 0, within80: 0, within95: 0 };
    for (let seed = 1; seed <= (isSoak ? 20 : 2); seed++) {
      await draw(warehouse, { seed: 100 + seed, worlds: 3, days: 7 * 120, leads: 120 * 50, wobble });
      const { rows } = await forecastBacktest(asOwner({ warehouse }), {
        from: addDays(LAST_DAY, 1 - 7 * 50),
        to: LAST_DAY,
        as_of: LAST_DAY,
        horizon: 120,
        by: 'channel',
      });
      for (const { age_weeks, forecasts, covered_80, covered_95 } of rows)
        if (age_weeks === null) {
          tally.forecasts += forecasts;
          tally.within80 += covered_80;
          tally.within95 += covered_95;
        }
    }
    const [of80, of95] = [tally.within80 / tally.forecasts, tally.within95 / tally.forecasts];
    console.log(
      `${kind}: ${tally.forecasts} forecasts, 80 % hold ${percent(of80)}, 95 % hold ${percent(of95)}`,
    );
    expect(of80).toBeGreaterThanOrEqual(0.76);
    expect(of80).toBeLessThanOrEqual(0.88);
    expect(of95).toBeGreaterThanOrEqual(0.92);
    expect(of95).toBeLessThanOrEqual(0.985);
  });
});
