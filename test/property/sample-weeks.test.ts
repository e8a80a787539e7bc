import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import {
  funnelChange,
  funnelTrend,
  missingWeeks,
  revenueChange,
  weekSummary,
  type RevenueChangeRow,
  type WeekSummaryRow,
} from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays, mondayOf } from '../oracle/days.ts';
import { cents } from '../oracle/money.ts';
import { isSoak } from './runs.ts';
import { change, openSample, truth } from './sample.ts';

/** Every week of the committed sample studio: nothing lacks in it but what its generator left out. */
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSample();
});
afterAll(() => warehouse.close());

const mondays: string[] = [];
for (
  let day = mondayOf(addDays(truth.first_day, 6));
  addDays(day, 6) <= truth.last_day;
  day = addDays(day, 7)
)
  mondays.push(day);

const choices = ['previous', 'mean_of_four', 'last_year'] as const;
type Choice = (typeof choices)[number];

/** Against the week before every week; against the others every fifth and those beside the gap, all in `npm run soak`. */
function isTried(monday: string, place: number, compare: Choice): boolean {
  const isBeside = monday >= addDays(truth.gap.from, -7) && monday <= addDays(truth.gap.to, 35);
  return compare === 'previous' || isSoak || place % 5 === 0 || isBeside;
}

interface Week {
  monday: string;
  compare: Choice;
  summary: WeekSummaryRow;
  reasons: RevenueChangeRow[];
}

async function weekOf(monday: string, compare: Choice): Promise<Week[]> {
  const period = { from: monday, to: addDays(monday, 6) };
  const { rows } = await weekSummary(asOwner({ warehouse }), { ...period, compare });
  const [summary] = rows;
  if (!summary?.reference_from) return [];
  const first = compare === 'last_year' ? summary.reference_from : addDays(monday, -7);
  const reference = {
    compare_from: first,
    compare_to: addDays(first, 6),
    compare_periods: summary.reference_weeks,
  };
  const reasons = await revenueChange(asOwner({ warehouse }), { ...period, ...reference });
  return [{ monday, compare, summary, reasons: reasons.rows }];
}

const isLeftOut = ({ term }: RevenueChangeRow) => term === 'left_out';
const total = (rows: RevenueChangeRow[]) => rows.reduce((sum, { effect }) => sum + cents(effect), 0n);

/** Whether the week or one it is compared with lies in the gap that the generator left. */
function touchesGap({ monday, summary }: Week): boolean {
  const { from, to } = truth.gap;
  const touches = (first: string | null, last: string | null) =>
    first !== null && last !== null && first <= to && last >= from;
  return touches(monday, addDays(monday, 6)) || touches(summary.reference_from, summary.reference_to);
}

test('nothing lacks but what the generator left out, found to the day, in every list of that store', async () => {
  const { rows } = await missingWeeks(asOwner({ warehouse }), {});
  const { store, from, to } = truth.gap;
  const gap = { store, from_on: from, to_on: to, days: 7, missing_days: 7, every_list: true };
  expect(rows).toHaveLength(3);
  for (const [place, table_name] of ['leads', 'visits', 'orders'].entries())
    expect(rows[place]).toMatchObject({ ...gap, table_name });
  const trend = await funnelTrend(asOwner({ warehouse }), {});
  const paused = trend.rows.filter(({ gap_stores }) => gap_stores > 0);
  expect([...new Set(paused.map(({ starts_on }) => starts_on))]).toEqual([mondayOf(from)]);
});

describe.each(choices)('every week against %s', (compare) => {
  let weeks: Week[];
  beforeAll(async () => {
    const tried = mondays.filter((monday, place) => isTried(monday, place, compare));
    weeks = (await Promise.all(tried.map((monday) => weekOf(monday, compare)))).flat();
  });

  test('compares all stores, but for those beside the one gap, where the store is named', () => {
    expect(weeks.length).toBeGreaterThan(compare === 'previous' ? 150 : 20);
    for (const week of weeks) {
      const { summary, reasons } = week;
      const gone = touchesGap(week) ? [truth.gap.store] : [];
      const found = {
        monday: week.monday,
        gone: reasons.filter(isLeftOut).map(({ segment }) => segment),
        missing: summary.missing_stores,
        first: summary.missing_store,
        compared: summary.all_stores - summary.compared_stores,
        whole: summary.all_stores - summary.whole_stores,
      };
      const [first = null] = gone;
      const count = gone.length;
      expect(found).toEqual({
        monday: week.monday,
        gone,
        missing: count,
        first,
        compared: count,
        whole: count,
      });
      expect(summary.compared_stores).toBeGreaterThan(0);
      if (count === 0)
        for (const sum of ['signed', 'upsold', 'collected'] as const)
          expect(summary[`${sum}_compared`], week.monday).toBe(summary[sum]);
    }
  });

  test('gives as the main cause one that goes the way of the compared change, and none only without a change', () => {
    for (const { monday, reasons } of weeks) {
      const compared = total(reasons.filter((row) => !isLeftOut(row)));
      const main = reasons.find(({ rank_no }) => rank_no === 1);
      expect({ monday, hasCause: main !== undefined }).toEqual({ monday, hasCause: compared !== 0n });
      if (main) expect(cents(main.effect) * compared > 0n, monday).toBe(true);
      expect(total(reasons), monday).toBe(cents(reasons[0]?.difference ?? '0'));
    }
  });
});

test('around 春节 the days on which the shops are closed are counted, and against the week before nothing is called', async () => {
  const closed: string[] = [];
  for (const year of ['2024-02-10', '2025-01-29', '2026-02-17'])
    for (
      let monday = addDays(mondayOf(year), -14);
      monday <= addDays(year, 21);
      monday = addDays(monday, 7)
    ) {
      const period = { from: monday, to: addDays(monday, 6) };
      const {
        rows: [summary],
      } = await weekSummary(asOwner({ warehouse }), period);
      const days = summary?.closed_days ?? 0;
      if (summary?.closed_from && days > 0) closed.push(`${summary.closed_from} ${days}`);
      const { rows } = await funnelChange(asOwner({ warehouse }), period);
      expect([...new Set(rows.map(({ verdict }) => verdict))], monday).toEqual(['holiday']);
    }
  expect(closed).toEqual(['2024-02-09 3', '2024-02-12 3', '2025-01-28 6', '2026-02-16 6']);
});

describe('a week of one store that is taken away', () => {
  const monday = '2026-05-11';
  const week = `between timestamp '${monday}' and timestamp '${addDays(monday, 7)}'`;
  const times = { leads: 'created_at', visits: 'visited_at', orders: 'ordered_at' } as const;
  const all = ['leads', 'visits', 'orders'] as const;

  test.each([
    ['大学城店', all],
    ['东门店', ['leads']],
    ['北城店', ['visits']],
    ['中山路店', ['orders']],
  ] as const)('is found and named first: %s, %j', async (store, lists) => {
    let found: WeekSummaryRow | undefined;
    await change(warehouse, async (transaction) => {
      for (const list of all)
        await transaction.run(`create or replace temp table kept_${list} as from exports.${list}`);
      for (const list of lists)
        await transaction.run(
          `delete from exports.${list} where store = '${store}' and ${times[list]} ${week}`,
        );
    });
    try {
      [found] = (await weekSummary(asOwner({ warehouse }), { from: monday, to: addDays(monday, 6) })).rows;
    } finally {
      await change(warehouse, async (transaction) => {
        for (const list of all) {
          await transaction.run(`delete from exports.${list}`);
          await transaction.run(`insert into exports.${list} from kept_${list}`);
        }
      });
    }
    const lacksOrders = lists.some((list) => list === 'orders');
    expect(found).toMatchObject({
      missing_store: store,
      missing_stores: 1,
      missing_every_list: lists.length === 3,
      compared_stores: lacksOrders ? 4 : 5,
      whole_stores: 4,
    });
    expect(found?.missing_from && found.missing_from <= monday).toBe(true);
    expect(found?.missing_to && found.missing_to >= addDays(monday, 6)).toBe(true);
  });
});
