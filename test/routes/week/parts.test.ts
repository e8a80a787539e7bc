import { describe, expect, test } from 'vitest';
import type { ContributionsRow, MoneyRow } from '#lib/server/reports.gen.ts';
import { partsView } from '../../../src/routes/week/parts.ts';
import { powerView } from '../../../src/routes/week/power.ts';
import { change } from './given.ts';

const part = (segment: string, amount: string, known: Partial<ContributionsRow> = {}) =>
  ({ segment, change: amount, left_out: false, orders: 3, visits: 8, ...known }) as ContributionsRow;
const week = (segment: string, starts_on: string, net: string | null) =>
  ({ segment, starts_on, net }) as MoneyRow;

describe('the parts of a change', () => {
  test('keep the order of the report, and a store that is left out stands apart from the channels', () => {
    const rows = [
      part('江滨店', '-60602.00', { left_out: true }),
      part('抖音', '-20000.00'),
      part('小红书', '5000.00'),
    ];
    const view = partsView('zh-Hans', rows, [], [], {});
    expect(view.rows.map(({ segment, bar }) => [segment, bar])).toEqual([
      ['抖音', -1],
      ['小红书', 0.25],
    ]);
    expect(view.leftOut).toMatchObject([{ store: '江滨店', change: '−60,602' }]);
  });

  test('have the weeks of their own segment, oldest first', () => {
    const weeks = [
      week('抖音', '2026-08-03', '2.00'),
      week('店庆', '2026-08-03', '9.00'),
      week('抖音', '2026-07-27', '1.00'),
    ];
    const lone = partsView('en', [part('抖音', '1.00')], weeks.slice(0, 1), [], {}).rows[0];
    const two = partsView('en', [part('抖音', '1.00')], weeks, [], {}).rows[0];
    const turned = partsView('en', [part('抖音', '1.00')], weeks.toReversed(), [], {}).rows[0];
    expect(two?.line).not.toEqual(lone?.line);
    expect(two?.line).toEqual(turned?.line);
  });

  test('name of several called falls the one that chance explains least', () => {
    const fall = { segment: '抖音', verdict: 'more_than_noise', ratio_change: -0.5 };
    const changes = [
      change({ ...fall, step_no: 2, figure: 'people', drop_no: 4 }),
      change({ ...fall, step_no: 3, figure: 'rate', drop_no: 2 }),
      change({ ...fall, step_no: 4, figure: 'orders', drop_no: 1 }),
      change({ ...fall, step_no: 4, figure: 'rate', drop_no: 1, segment: '小红书' }),
    ];
    expect(partsView('en', [part('抖音', '1.00')], [], changes, {}).rows[0]?.drop).toEqual({
      figure: 'rate',
      no: 3,
      change: '−50.0%',
    });
  });
});

test('a week says how large a fall it could have noticed, for figures where any fall could be', () => {
  const changes = [
    change({ step_no: 3, figure: 'rate', detectable_drop: 0.287 }),
    change({ step_no: 4, figure: 'rate', detectable_drop: null }),
    change({ step_no: 4, figure: 'orders', detectable_drop: 0.6 }),
  ];
  expect(powerView('en', changes)).toEqual([
    { figure: 'visit_rate', drop: '28.7%' },
    { figure: 'orders', drop: '60.0%' },
  ]);
});
