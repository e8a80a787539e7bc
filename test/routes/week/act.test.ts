import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, MissingWeeksRow } from '#lib/server/reports.gen.ts';
import { actItems } from '../../../src/routes/week/act.ts';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { cause, change, effect, ofOrders, summary } from './given.ts';

const asked = { summary: {}, funnel: {}, revenue: { from: '2025-07-28' } };
const quiet = summary({ outstanding_over_60: null, outstanding_over_60_orders: null });
const whole = [effect('closing_rate', 'all', '-60000.00', { rank_no: 1 })];
const counts = { hits_before: 7, base_before: 16, hits_after: 3, base_after: 14 };
const factors = { factor_before: 0.4375, factor_after: 0.2143, ...counts };
const byStore = [cause('closing_rate', '北城店', '-31138.00', { term_effect: '-60000.00', ...factors })];
const lack = (store: string, table_name: string) =>
  ({ store, table_name, from_on: '2026-08-03', to_on: '2026-08-09' }) as MissingWeeksRow;

function items(changes: readonly FunnelChangeRow[], missing: MissingWeeksRow[] = [], figures = quiet) {
  const reason = reasonOf(figures, changes, whole, byStore);
  return actItems('zh-Hans', 'CNY', missing, figures, changes, reason, whole, asked);
}

describe('what the figures alone ask for', () => {
  test('one line for each store that lacks lists, whatever their number', () => {
    const missing = [lack('江滨店', 'leads'), lack('江滨店', 'orders'), lack('东门店', 'visits')];
    const [river, east] = items([ofOrders('gap')], missing);
    expect(river).toMatchObject({ kind: 'missing', store: '江滨店', count: '2', one: false });
    expect(east).toMatchObject({
      store: '东门店',
      one: true,
      lists: [{ table: 'visits', days: '8月3–9日' }],
    });
  });

  test('the reason of the page, in the store that has most of it, opened by its rows', () => {
    const [watch, ...more] = items([ofOrders('within_noise')]);
    expect(more).toEqual([]);
    expect(watch).toMatchObject({
      kind: 'watch',
      term: 'closing_rate',
      store: { name: '北城店' },
      effect: '−31,138',
      before: '43.8%',
      after: '21.4%',
      people: '7/16 → 3/14',
      called: false,
    });
    const link = watch?.kind === 'watch' ? new URL(watch.link, 'http://a') : null;
    expect(link?.pathname).toBe('/figure/revenue_change/effect');
    expect(link?.searchParams.getAll('row')).toEqual(['term:closing_rate', 'segment:北城店']);
    expect(link?.searchParams.get('by')).toBe('store');
  });

  test('a called drop of the same figure is the reason itself, of another figure a line of its own', () => {
    const called = { drop_no: 1, verdict: 'more_than_noise', value: 0.21, change: -0.22, reference: 0.43 };
    const same = change({ step_no: 4, figure: 'rate', ...called });
    expect(items([ofOrders('within_noise'), same])).toMatchObject([{ kind: 'watch', called: true }]);
    const other = change({ step_no: 2, figure: 'people', ...called, value: 40, ratio_change: -0.5 });
    expect(items([ofOrders('within_noise'), other])).toMatchObject([
      { kind: 'watch', called: false },
      { kind: 'drop', no: 2, value: '40', change: '−50.0%' },
    ]);
  });

  test('looks for nobody where revenue rose or orders hardly changed', () => {
    const rose = [cause('closing_rate', '北城店', '60000.00', { compared_difference: '74108.00' })];
    const reason = reasonOf(quiet, [ofOrders('within_noise')], whole, rose);
    expect(actItems('en', 'CNY', [], quiet, [], reason, rose, asked)).toEqual([]);
    expect(items([ofOrders('within_noise')], [], { ...quiet, orders_change: -1 })).toEqual([]);
  });

  test('orders that have waited for their money for more than 60 days', () => {
    expect(items([ofOrders('within_noise')], [], summary()).at(-1)).toMatchObject({
      kind: 'overdue',
      orders: '101',
      amount: '¥491,799',
    });
  });
});
