import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { whyView } from '../../../src/routes/week/why.ts';
import { cause, change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

function view(
  figures: WeekSummaryRow,
  whole: readonly RevenueChangeRow[],
  changes: readonly FunnelChangeRow[],
  byStore: readonly RevenueChangeRow[] = [],
) {
  const reason = reasonOf(figures, { changes, whole, byStore, storeChanges: [] });
  return whyView('zh-Hans', 'CNY', figures, whole, changes, reason, { from: '2026-08-03' });
}

const within = [ofOrders('within_noise')];

describe('why revenue changed', () => {
  test('gives the reason in the store that it is found in, with the one figure that its link opens', () => {
    const rows = [effect('closing_rate', 'all', '-59154.00', { rank_no: 1 })];
    const stores = [cause('closing_rate', '北城店', '-32484.00')];
    const why = view(summary(), rows, within, stores);
    expect(why?.compared).toEqual({ direction: 'down', amount: '¥74,108', stores: null });
    expect(why?.finding).toMatchObject({
      kind: 'reason',
      cause: { term: 'closing_rate', store: { name: '北城店' }, effect: { text: '¥32,484' } },
      isMain: true,
      called: false,
      furthest: null,
    });
    const finding = why?.finding.kind === 'reason' ? why.finding : null;
    expect(finding?.cause.effect.link).toMatch(/^\/figure\/revenue_change\/effect\?.*by=store/);
  });

  test('gives the effect of what all stores share, the one that its bar below has', () => {
    const called = change({ step_no: 4, figure: 'rate', verdict: 'more_than_noise' });
    const rows = [effect('closing_rate', 'all', '-59154.00', { rank_no: 1 })];
    const why = view(summary(), rows, [...within, called], [cause('ticket', '北城店', '-20000.00')]);
    const finding = why?.finding.kind === 'reason' ? why.finding : null;
    expect(finding?.cause).toEqual({
      term: 'closing_rate',
      store: null,
      effect: { text: '¥59,154', link: why?.rows[0]?.link },
    });
    expect(finding?.called).toBe(true);
  });

  test('names the store that lost most beside another that the reason is found in, with what it lost most by', () => {
    const rows = [effect('closing_rate', 'all', '-50613.00', { rank_no: 1 })];
    const stores = [
      cause('closing_rate', '中山路店', '-37196.00', { segment_effect: '-19368.00', segment_no: 4 }),
      cause('upsell_viewing', '大学城店', '-25440.00', { cause_no: 2, segment_effect: '-47026.00' }),
    ];
    const finding = view(summary(), rows, within, stores)?.finding;
    expect(finding).toMatchObject({
      cause: { store: { name: '中山路店' } },
      furthest: {
        term: 'upsell_viewing',
        store: { name: '大学城店' },
        effect: { text: '¥25,440' },
        change: { text: '¥47,026' },
      },
    });
    const furthest = finding?.kind === 'reason' ? finding.furthest : null;
    expect(furthest?.change.link).toMatch(/^\/figure\/contributions\/change\?/);
  });

  test('says what the missing store takes away, and the change of the others by itself', () => {
    const sides = { difference: '-69001.00', compared_difference: '-8399.00' };
    const rows = [
      effect('left_out', '江滨店', '-60602.00', sides),
      effect('visit_rate', 'all', '-27791.00', { ...sides, rank_no: 1 }),
    ];
    const alone = [cause('visit_rate', '大学城店', '-27791.00', sides)];
    const why = view(summaryWithGap(), rows, [ofOrders('gap')], alone);
    expect(why?.leftOut).toEqual([{ term: 'left_out', segment: '江滨店', effect: '−60,602' }]);
    expect(why?.compared).toEqual({ direction: 'down', amount: '¥8,399', stores: 4 });
    expect(why?.finding).toMatchObject({ cause: { term: 'visit_rate', effect: { text: '¥27,791' } } });
  });

  test('is not the same to the cent where no store is left to compare', () => {
    const rows = [effect('ticket', 'all', '0.00', { compared_difference: '0.00' })];
    expect(view(summaryWithGap({ whole_stores: 0 }), rows, [ofOrders('gap')])?.finding).toEqual({
      kind: 'no_store',
    });
    expect(view(summary(), rows, within)?.finding).toEqual({ kind: 'same' });
  });

  test('draws no bar for what had no effect, and fills the bars that are more than noise', () => {
    const rows = [
      effect('visit_rate', 'all', '0.00'),
      effect('closing_rate', 'all', '-60000.00', { rank_no: 1, factor_before: 0.4375, factor_after: 0.2143 }),
      effect('upsell_viewing', 'all', '-14108.00', { amount_before: '72290.00', amount_after: '58182.00' }),
    ];
    const judged = [...within, change({ step_no: 4, figure: 'rate', verdict: 'more_than_noise' })];
    expect(view(summary(), rows, judged)?.rows).toMatchObject([
      { term: 'closing_rate', before: '43.8%', after: '21.4%', step: 4, verdict: 'more_than_noise' },
      { term: 'upsell_viewing', before: '¥72,290', after: '¥58,182', step: null, verdict: null },
    ]);
  });

  test('there is nothing to take apart where nothing comes before', () => {
    expect(view(summary(), [], within)).toBeNull();
  });
});
