import { describe, expect, test } from 'vitest';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { whyView } from '../../../src/routes/week/why.ts';
import { cause, change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

const view = (...[figures, rows, changes, byStore = []]: Given) =>
  whyView('zh-Hans', 'CNY', figures, rows, changes, reasonOf(figures, changes, rows, byStore), {
    from: '2026-08-03',
  });
type Given = [
  Parameters<typeof reasonOf>[0],
  Parameters<typeof reasonOf>[2],
  Parameters<typeof reasonOf>[1],
  Parameters<typeof reasonOf>[3]?,
];

const within = [ofOrders('within_noise')];

describe('why revenue changed', () => {
  test('gives the reason of the page with its effect, and the store’s part in it, each opening its rows', () => {
    const rows = [effect('closing_rate', 'all', '-60000.00', { rank_no: 1 })];
    const stores = [cause('closing_rate', '北城店', '-40000.00', { term_effect: '-60000.00' })];
    const why = view(summary(), rows, within, stores);
    expect(why?.finding).toMatchObject({
      kind: 'reason',
      term: 'closing_rate',
      effect: { text: '−60,000' },
      store: { name: '北城店', effect: '−40,000' },
    });
    expect(why?.compared).toEqual({ difference: '−74,108', stores: null });
    const finding = why?.finding.kind === 'reason' ? why.finding : null;
    expect(finding?.store?.link).toContain('by=store');
    expect(finding?.effect?.link).toBe(why?.rows[0]?.link);
  });

  test('says what the missing store takes away, and the change of the others by itself', () => {
    const sides = { difference: '-69001.00', compared_difference: '-8399.00' };
    const rows = [
      effect('left_out', '江滨店', '-60602.00', sides),
      effect('visit_rate', 'all', '-27791.00', { ...sides, rank_no: 1 }),
    ];
    const alone = { ...sides, cause_scope: 'segment', term_effect: '12000.00' };
    const why = view(
      summaryWithGap(),
      rows,
      [ofOrders('gap')],
      [cause('visit_rate', '大学城店', '-27791.00', alone)],
    );
    expect(why?.leftOut).toEqual([{ term: 'left_out', segment: '江滨店', effect: '−60,602' }]);
    expect(why?.compared).toEqual({ difference: '−8,399', stores: 4 });
    expect(why?.finding).toMatchObject({
      kind: 'reason',
      term: 'visit_rate',
      effect: null,
      store: { name: '大学城店', effect: '−27,791' },
    });
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
