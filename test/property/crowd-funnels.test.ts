import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { coarseCounts, coarseGrains, coarseOrders, coarseWindows } from '#lib/funnel/coarse.ts';
import { asOwner, mayAsk } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { FIRST, load, manyJourneys } from './crowd-house.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };

/** Contracts that say what is given for how many orders, and leave nobody out of what is counted. */
const TERMS_OF_A_PROGRAMME = ['rewards', 'levels'];

const asked = async (viewer: Viewer, name: string, raw: RawParameters): Promise<Row[] | string> => {
  try {
    return (await askByName({ warehouse, viewer }, name, raw)).rows;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const rowsOf = async (viewer: Viewer, name: string, raw: RawParameters): Promise<Row[]> => {
  const rows = await asked(viewer, name, raw);
  if (typeof rows === 'string') throw new Error(rows);
  return rows;
};

const steps = fc
  .array(fc.constantFrom('lead', 'visit', 'order'), { minLength: 1, maxLength: 4 })
  .map((kinds) => JSON.stringify(kinds));
const weeks = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([one, other]) => ({
    from: addDays(FIRST, 7 * Math.min(one, other)),
    to: addDays(FIRST, 7 * Math.max(one, other) + 6),
  }));
const questions = fc.record({
  steps,
  days: weeks,
  by: fc.constantFrom('channel', 'city', ''),
  window: fc.constantFrom(...coarseWindows).map(String),
  order: fc.constantFrom(...coarseOrders),
  count: fc.constantFrom(...coarseCounts),
  entry: fc.constantFrom('every', 'first', 'first_ever'),
  grain: fc.constantFrom('all', ...coarseGrains),
  attribution: fc.constantFrom('first', 'last'),
});

/** The columns that count people. */
const COUNTS = [
  'people',
  'entered',
  'converted',
  'lost',
  'open',
  'lost_here',
  'open_here',
  'lost_before',
  'open_before',
];
const n = (row: Row, column: string) => Number(row[column] ?? 0);
const partOf = (row: Row) => `${String(row['starts_on'])} ${String(row['step_no'])}`;

describe('a funnel that a marketer composes', () => {
  test('is told in fives: no number of any answer is another, none is further than two from the truth, nobody is told of a group of one to four, and fates add up', async () => {
    const seen = { groups: 0, small: 0, pooled: 0 };
    await fc.assert(
      fc.asyncProperty(manyJourneys, questions, async (all, { days, ...given }) => {
        await load(warehouse, all);
        const question = { ...given, ...days };
        const told = await rowsOf(marketer, 'funnel_steps', question);
        const exact = await rowsOf(asOwner({ warehouse }).viewer, 'funnel_steps', question);
        const whole = await rowsOf(asOwner({ warehouse }).viewer, 'funnel_steps', {
          ...question,
          grain: 'all',
        });
        const crowds = whole.filter((row) => n(row, 'step_no') === 1 && n(row, 'entered') >= 5);
        const own = new Set(crowds.map(({ segment }) => segment));
        for (const row of told) {
          const behind = exact.filter(
            (one) =>
              partOf(one) === partOf(row) &&
              (row['segment'] === TOO_FEW ? !own.has(one['segment']) : one['segment'] === row['segment']),
          );
          const truth = (column: string) => behind.reduce((sum, one) => sum + n(one, column), 0);
          expect(truth('entered')).toBeGreaterThanOrEqual(5);
          expect(row['segment'] === TOO_FEW || own.has(row['segment'])).toBe(true);
          for (const column of COUNTS)
            expect([column, n(row, column) % 5, n(row, column) >= 0]).toEqual([column, 0, true]);
          for (const column of ['people', 'entered', 'converted', 'lost_here', 'open_here'])
            expect(Math.abs(n(row, column) - truth(column))).toBeLessThanOrEqual(2);
          expect(n(row, 'converted') + n(row, 'lost') + n(row, 'open')).toBe(n(row, 'people'));
          expect(n(row, 'people') + n(row, 'lost_before') + n(row, 'open_before')).toBe(n(row, 'entered'));
          const rate = n(row, 'entered') < 25 ? null : n(row, 'people') / n(row, 'entered');
          expect([row['rate'], row['average_seconds'], row['median_seconds'], row['amount']]).toEqual([
            rate,
            null,
            null,
            null,
          ]);
          seen.groups += 1;
          seen.pooled += Number(row['segment'] === TOO_FEW);
        }
        seen.small += exact.filter((row) => n(row, 'entered') < 5).length;
      }),
      runs(10, 600),
    );
    expect(Math.min(seen.groups, seen.small, seen.pooled)).toBeGreaterThan(0);
  });

  test('compares segments by what is told of them alone, and only where 25 stand on either side', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(manyJourneys, fc.constantFrom('channel', 'city'), async (all, by) => {
        await load(warehouse, all);
        const question = { steps: '["lead","visit"]', by, window: '7' };
        const rows = await rowsOf(marketer, 'funnel_segments', question);
        const exact = await rowsOf(asOwner({ warehouse }).viewer, 'funnel_segments', question);
        const sum = (column: string) => rows.reduce((all, row) => all + n(row, column), 0);
        for (const row of rows) {
          const [hits, base] = [n(row, 'compared_hits'), n(row, 'compared_base')];
          const rest = { hits: sum('compared_hits') - hits, base: sum('compared_base') - base };
          expect([n(row, 'rest_hits'), n(row, 'rest_base')]).toEqual([rest.hits, rest.base]);
          for (const column of ['base', 'hits', 'open', 'compared_hits', 'compared_base'])
            expect([column, n(row, column) % 5]).toEqual([column, 0]);
          const isCompared = base >= 25 && rest.base >= 25;
          expect(row['difference']).toEqual(isCompared ? hits / base - rest.hits / rest.base : null);
          expect(row['p'] !== null).toBe(isCompared);
          const true_base = exact.find(({ segment }) => segment === row['segment'])?.['base'];
          if (row['segment'] !== TOO_FEW) expect(Number(true_base)).toBeGreaterThanOrEqual(5);
          compared += Number(isCompared);
        }
      }),
      runs(5, 200),
    );
    expect(compared).toBeGreaterThan(0);
  });

  test('cannot be asked with anything that a hair moves, that narrows it, or that counts something else than people', async () => {
    await load(warehouse, fc.sample(manyJourneys, { numRuns: 1, seed: 1 })[0] ?? []);
    const fine: RawParameters[] = [
      { where: 'channel=抖音' },
      { conditions: '[{"field":"channel","is":"抖音"}]' },
      { exclusions: '[{"kind":"visit","from":1,"to":2}]' },
      { steps: '["lead",{"kind":"visit","where":{"type":"consult"}}]' },
      { steps: '["lead",{"kind":"visit","within":{"n":1,"unit":"day"}}]' },
      { steps: '["lead",{"kind":"visit","optional":true},"order"]' },
      { steps: '["lead",{"kind":"visit","anchored":true}]' },
      { order: 'anchored' },
      { window: '31' },
      { window: '7', window_unit: 'hour' },
      { tolerance: '1' },
      { open: 'true' },
      { hold: 'store' },
      { count: 'orders' },
      { count: 'totals' },
      { count: 'money' },
      { view: 'period' },
      { grain: 'day' },
      { from: addDays(FIRST, 1) },
      { to: addDays(FIRST, 5) },
      { as_of: addDays(FIRST, 6) },
      { as_of: addDays(FIRST, 400) },
    ];
    for (const option of fine) {
      expect([option, await asked(marketer, 'funnel_steps', option)]).toEqual([option, 'too_fine']);
      expect(typeof (await asked(asOwner({ warehouse }).viewer, 'funnel_steps', option))).toBe('object');
    }
    expect(await asked(marketer, 'funnel_steps', { by: 'staff' })).toBe('not_your_segment');
    expect(await asked(marketer, 'funnel_steps', { hold: 'staff' })).toBe('too_fine');
    const narrows = ({ kind, name }: { kind: string; name: string }) =>
      kind === 'contract' && !TERMS_OF_A_PROGRAMME.includes(name);
    const open = Object.values(reportSpecs).filter(
      (spec) => mayAsk(spec, marketer) && spec.parameters.some(narrows),
    );
    expect(open.map(({ name, crowd }) => [name, crowd])).toEqual([
      ['funnel_segments', 'fives'],
      ['funnel_steps', 'fives'],
    ]);
  });
});
