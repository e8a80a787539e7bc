import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelChange } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { alarmsIn, everyChoice, isDropCalled, largeChain, rowsOfWeek, stableChain } from '../soak/noise.ts';
import { noticed } from '../soak/power.ts';
import { channelOf, mondayOfWeek, openSimulation, simulate } from '../soak/simulated-chain.ts';

/** A share of test/soak/noise.test.ts: few chains, and bounds that leave room for the luck of few weeks. */
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openSimulation();
});
afterAll(() => warehouse.close());

describe('stable chains', () => {
  const seeds = [301, 302, 303, 304, 305, 306, 307, 308];
  beforeAll(() => simulate(warehouse, stableChain(0.09), seeds));

  test('are judged here as the page of each of them judges them', async () => {
    const [, second] = await rowsOfWeek(warehouse, 70, { view: 'period', compare: 'mean_of_four' }, seeds);
    const from = mondayOfWeek(70);
    const to = addDays(from, 6);
    const { rows } = await funnelChange(asOwner({ warehouse }), {
      from,
      to,
      as_of: to,
      compare: 'mean_of_four',
      where: [`channel=${channelOf(302)}`],
    });
    expect(rows.length).toBeGreaterThan(10);
    expect(second?.map((row) => ({ ...row, segment: 'all' }))).toEqual(rows);
  });

  test('call something in few weeks, whatever is compared', async () => {
    let [weeks, called] = [0, 0];
    for (const choice of everyChoice) {
      const found = await alarmsIn(warehouse, [64, 96], choice, seeds);
      [weeks, called] = [weeks + found.weeks, called + found.called];
    }
    expect(weeks).toBe(96);
    expect(called).toBeLessThanOrEqual(10);
  });
});

test('a fall of 30 % in one store’s visit rate is called within two weeks in most chains', async () => {
  let called = 0;
  for (const seed of [1, 2, 3]) {
    await simulate(warehouse, largeChain, [seed]);
    const weeks = [30, 31].map((week) => isDropCalled(warehouse, week, 'previous'));
    if ((await Promise.all(weeks)).some(({ amongStores }) => amongStores)) called += 1;
  }
  expect(called).toBeGreaterThanOrEqual(2);
});

test('a fall that is said to be noticed in four of five weeks is noticed in most', async () => {
  const { drop, share } = await noticed(warehouse, { view: 'period', step_no: 3, figure: 'people' }, 1);
  expect(drop).toBeGreaterThan(0.3);
  expect(drop).toBeLessThan(0.6);
  expect(share).toBeGreaterThan(0.6);
});
