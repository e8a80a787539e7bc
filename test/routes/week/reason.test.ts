import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { cause, change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

const whole = [
  effect('visit_rate', 'all', '20000.00', { rank_no: 3 }),
  effect('closing_rate', 'all', '-60000.00', { rank_no: 1, cause_no: 1 }),
  effect('ticket', 'all', '-34108.00', { rank_no: 2, cause_no: 2 }),
];
const byStore = [
  cause('ticket', '江滨店', '-20000.00', { cause_no: 2, segment_no: 2 }),
  cause('closing_rate', '北城店', '-40000.00'),
];
const within = [ofOrders('within_noise')];
const called = (step_no: number, figure: string, segment = 'all') =>
  change({ step_no, figure, segment, verdict: 'more_than_noise' });

type Rows = readonly RevenueChangeRow[];

function reason(
  changes: readonly FunnelChangeRow[],
  figures: { summary?: WeekSummaryRow; whole?: Rows; byStore?: Rows; storeChanges?: FunnelChangeRow[] } = {},
) {
  return reasonOf(figures.summary ?? summary(), { whole, byStore, changes, storeChanges: [], ...figures });
}

describe('the one reason of a week', () => {
  test('is the first cause of all stores, with its store', () => {
    expect(reason(within)).toMatchObject({
      term: 'closing_rate',
      direction: 'down',
      row: { segment: '北城店', cause_effect: '-40000.00' },
      store: { segment: '北城店' },
      isMain: true,
      furthest: null,
      verdict: null,
    });
  });

  test('goes the way of the stores that are compared, whatever the missing store takes away', () => {
    const rose = { compared_difference: '23219.00' };
    const gone = [effect('left_out', '江滨店', '-78591.00', rose)];
    const there = [cause('ticket', '北城店', '23219.00', rose)];
    const found = reason([ofOrders('gap')], { summary: summaryWithGap(), whole: gone, byStore: there });
    expect(found).toMatchObject({ term: 'ticket', direction: 'up' });
  });

  test('is the cause that is more than noise, however much more another did', () => {
    const leads = effect('reach', 'all', '-30000.00', { cause: 'leads', rank_no: 2 });
    const found = reason([...within, called(2, 'people')], { whole: [...whole, leads] });
    expect(found).toMatchObject({
      term: 'leads',
      row: leads,
      store: null,
      furthest: { segment: '北城店', cause: 'closing_rate' },
      verdict: 'more_than_noise',
    });
  });

  test('is found in the store that did half of what is more than noise, and in none that did less', () => {
    const judged = [...within, called(4, 'rate')];
    expect(reason(judged)).toMatchObject({ store: { segment: '北城店' }, verdict: 'more_than_noise' });
    const less = [byStore[0], cause('closing_rate', '北城店', '-29999.00')].flatMap((row) => row ?? []);
    expect(reason(judged, { byStore: less })).toMatchObject({ row: { segment: 'all' }, store: null });
  });

  test('is no figure that is more than noise and went the other way', () => {
    const judged = [...within, called(3, 'rate')];
    expect(reason(judged)).toMatchObject({ term: 'closing_rate', verdict: null });
  });

  test('is what is more than noise in one store before the first cause of all', () => {
    const storeChanges = [called(4, 'signed', '江滨店'), called(3, 'rate', '江滨店')];
    const visits = cause('visit_rate', '江滨店', '-9000.00', { cause_no: 3, segment_no: 2 });
    expect(reason(within, { byStore: [...byStore, visits], storeChanges })).toMatchObject({
      term: 'visit_rate',
      store: { segment: '江滨店' },
      isMain: false,
      furthest: { segment: '北城店', cause: 'closing_rate' },
      verdict: 'more_than_noise',
    });
  });

  test('is all stores’ where only all together did a large part of it', () => {
    const leads = [effect('reach', 'all', '-50000.00', { cause: 'leads', cause_no: 1 })];
    const spread = [
      cause('leads', '中山路店', '-24000.00', { segment_no: 2 }),
      cause('leads', '江滨店', '-20000.00', { cause_no: 2 }),
    ];
    expect(reason(within, { whole: leads, byStore: spread })).toMatchObject({
      term: 'leads',
      row: { segment: 'all' },
      store: null,
      isMain: true,
      furthest: { segment: '江滨店' },
    });
    const half = [cause('leads', '中山路店', '-25000.00')];
    expect(reason(within, { whole: leads, byStore: half })).toMatchObject({
      store: { segment: '中山路店' },
      isMain: false,
    });
  });

  test('is all stores’ where what adds up is larger than the first of one store, and no factor that others take back', () => {
    const cell = [cause('visit_rate', '大学城店', '-33000.00')];
    const refunds = [effect('taken_back', 'all', '-35000.00', { cause_no: 1 })];
    expect(reason(within, { whole: refunds, byStore: cell })).toMatchObject({
      term: 'taken_back',
      row: { segment: 'all' },
      store: null,
      furthest: { segment: '大学城店', cause: 'visit_rate' },
    });
    const rate = [
      effect('visit_rate', 'all', '-35000.00', { cause_no: 1, factor_before: 0.5, factor_after: 0.4 }),
    ];
    expect(reason(within, { whole: rate, byStore: cell })).toMatchObject({ store: { segment: '大学城店' } });
  });

  test('is all stores’ where there is but one', () => {
    const one = summary({ all_stores: 1, compared_stores: 1, whole_stores: 1 });
    expect(reason(within, { summary: one })).toMatchObject({ row: { segment: 'all' }, store: null });
  });

  test.each([
    ['no_reference', summary(), 'within_noise', []],
    ['no_store', summaryWithGap({ whole_stores: 0 }), 'gap', whole],
    ['holiday', summary(), 'holiday', whole],
    ['same', summary(), 'within_noise', [effect('ticket', 'all', '0.00', { compared_difference: '0.00' })]],
  ] as const)('there is none: %s', (why, figures, verdict, rows) => {
    const stores = why === 'same' ? [] : byStore;
    expect(reason([ofOrders(verdict)], { summary: figures, whole: rows, byStore: stores })).toBe(why);
  });

  test('is due from 5 % of the money on, whatever the orders did', () => {
    const changed = (compared_ratio: number) => whole.map((row) => ({ ...row, compared_ratio }));
    expect(reason(within, { whole: changed(-0.0499) })).toBe('slight');
    expect(reason([ofOrders('gap')], { whole: changed(0.0499) })).toBe('slight');
    const few = summary({ orders_change: 0 });
    expect(reason(within, { summary: few, whole: changed(-0.05) })).toMatchObject({ term: 'closing_rate' });
  });

  test('is due for less money where orders, money or a cause moved more than noise', () => {
    const little = whole.map((row) => ({ ...row, compared_ratio: -0.01 }));
    expect(reason([ofOrders('more_than_noise')], { whole: little })).toMatchObject({ term: 'closing_rate' });
    expect(reason([...within, called(4, 'signed')], { whole: little })).toMatchObject({
      term: 'closing_rate',
    });
    expect(reason([...within, called(4, 'rate')], { whole: little })).toMatchObject({ term: 'closing_rate' });
    expect(reason([...within, called(3, 'rate')], { whole: little })).toBe('slight');
  });
});
