import { describe, expect, test } from 'vitest';
import type { FreshnessRow, FunnelChangeRow, MissingWeeksRow } from '#lib/server/reports.gen.ts';
import { actsView } from '../../../src/routes/week/act.ts';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { cause, change, effect, ofOrders, summary } from './given.ts';

const asked = { summary: {}, funnel: {}, revenue: { from: '2025-07-28' } };
const quiet = summary({ outstanding_over_60: null, outstanding_over_60_orders: null });
const whole = [effect('closing_rate', 'all', '-60000.00', { rank_no: 1 })];
const counts = { hits_before: 7, base_before: 16, hits_after: 3, base_after: 14 };
const factors = { factor_before: 0.4375, factor_after: 0.2143, ...counts };
const byStore = [cause('closing_rate', '北城店', '-31138.00', factors)];
const lack = (store: string, table_name: string) =>
  ({ store, table_name, from_on: '2026-08-03', to_on: '2026-08-09' }) as MissingWeeksRow;

const call = {
  cause: 'reason',
  params: { from: '2025-07-28', step: 3, not_reached: 4, by: 'store' },
  segment: '北城店',
  row: { segment: '北城店', not_reached: 4, stopped: 11, went_on: 2, lost: 2, open_people: 7, earlier: 1 },
} as const;

function acts(
  changes: readonly FunnelChangeRow[],
  missing: MissingWeeksRow[] = [],
  figures = quiet,
  freshness: FreshnessRow[] = [],
) {
  const reason = reasonOf(figures, { changes, whole, byStore, storeChanges: [] });
  const known = { missing, freshness, summary: figures, change: [...changes], reason, reasons: whole, call };
  return actsView('zh-Hans', 'CNY', known, asked);
}

describe('what the figures alone ask for', () => {
  test('one line for each store that lacks lists, whatever their number', () => {
    const missing = [lack('江滨店', 'leads'), lack('江滨店', 'orders'), lack('东门店', 'visits')];
    const [river, east] = acts([ofOrders('gap')], missing).urgent;
    expect(river).toMatchObject({ kind: 'missing', store: '江滨店', count: '2', one: false });
    expect(east).toMatchObject({
      store: '东门店',
      one: true,
      lists: [{ table: 'visits', days: '8月3–9日' }],
    });
  });

  test('of a store that handed in nothing also the lists that are no steps, as far as it keeps them', () => {
    const nothing = { ...lack('江滨店', 'orders'), every_list: true };
    const list = (table_name: string, rows: number, days: string) =>
      ({ store: '江滨店', table_name, rows, days }) as FreshnessRow;
    const kept = [
      list('orders', 900, '0000000'),
      list('upsells', 800, '0000000'),
      list('payments', 0, '0000000'),
      list('visits', 700, '0000010'),
    ];
    const tables = (missing: MissingWeeksRow) => {
      const [item] = acts([ofOrders('gap')], [missing], quiet, kept).urgent;
      return item?.kind === 'missing' ? item.lists.map(({ table }) => table) : [];
    };
    expect(tables(nothing)).toEqual(['orders', 'upsells']);
    expect(tables(lack('江滨店', 'orders'))).toEqual(['orders']);
  });

  test('what may be chance is not urgent: the reason in the store that has most of it, and whom to call', () => {
    const { urgent, maybe } = acts([ofOrders('within_noise')]);
    expect(urgent).toEqual([]);
    expect(maybe).toMatchObject([
      {
        kind: 'watch',
        term: 'closing_rate',
        store: { name: '北城店' },
        effect: '−31,138',
        before: '43.8%',
        after: '21.4%',
        people: '7/16 → 3/14',
        called: false,
        call: { open: '7', stopped: '11', wentOn: '2', lost: '2', earlier: '1' },
      },
    ]);
    const [watch] = maybe;
    const link = watch?.kind === 'watch' ? new URL(watch.call?.link ?? '', 'http://a') : null;
    expect(link?.pathname).toBe('/figure/people_to_call/open_people');
    expect(link?.searchParams.getAll('row')).toEqual(['segment:北城店']);
    expect(link?.searchParams.get('by')).toBe('store');
  });

  test('a called drop of the same cause is the reason itself, of another a line of its own with both numbers', () => {
    const called = { drop_no: 1, verdict: 'more_than_noise', compared: 0.21, change: -0.22, reference: 0.43 };
    const same = change({ step_no: 4, figure: 'rate', ...called });
    const one = acts([ofOrders('within_noise'), same]);
    expect(one).toMatchObject({ urgent: [{ kind: 'watch', called: true, drop: { no: 4 } }], maybe: [] });
    const other = { ...called, compared: 40, reference: 80, ratio_change: -0.5 };
    const two = acts([ofOrders('within_noise'), change({ step_no: 2, figure: 'people', ...other })]);
    expect(two).toMatchObject({
      urgent: [{ kind: 'drop', no: 2, before: '80', value: '40', change: '−50.0%' }],
      maybe: [{ kind: 'watch', called: false, drop: null }],
    });
  });

  test('looks for nobody where revenue rose or hardly changed', () => {
    const rose = [cause('closing_rate', '北城店', '60000.00', { compared_difference: '74108.00' })];
    const changes = [ofOrders('within_noise')];
    const reason = reasonOf(quiet, { changes, whole, byStore: rose, storeChanges: [] });
    const known = {
      missing: [],
      freshness: [],
      summary: quiet,
      change: [],
      reason,
      reasons: rose,
      call: null,
    };
    expect(actsView('en', 'CNY', known, asked)).toEqual({ urgent: [], maybe: [] });
    expect(actsView('en', 'CNY', { ...known, reason: 'slight' }, asked)).toEqual({ urgent: [], maybe: [] });
  });

  test('leads of a week in which the shops were closed are to be invited, as long as one of them is open', () => {
    const closed = { ...summary(quiet), closed_days: 6, festival: 'spring_festival' };
    const known = {
      missing: [],
      freshness: [],
      summary: closed,
      change: [],
      reason: 'holiday' as const,
      reasons: whole,
    };
    const toInvite = { ...call, cause: 'closed' as const };
    const { urgent } = actsView('en', 'CNY', { ...known, call: toInvite }, asked);
    expect(urgent).toMatchObject([{ kind: 'closed', festival: 'spring_festival', call: { open: '7' } }]);
    const nobody = { ...toInvite, row: { ...call.row, went_on: 9, open_people: 0 } };
    expect(actsView('en', 'CNY', { ...known, call: nobody }, asked).urgent).toEqual([]);
  });

  test('orders that have waited for their money for more than 60 days', () => {
    expect(acts([ofOrders('within_noise')], [], summary()).urgent.at(-1)).toMatchObject({
      kind: 'overdue',
      orders: '101',
      amount: '¥491,799',
    });
  });
});
