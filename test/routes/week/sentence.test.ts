import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { reasonOf } from '../../../src/routes/week/reason.ts';
import { sentenceView } from '../../../src/routes/week/sentence.ts';
import { spoken } from '../../../src/routes/week/sentence-words.ts';
import { cause, change, effect, ofOrders, summary, summaryWithGap } from './given.ts';

let locale: Locale = 'zh-Hans';
beforeAll(() => overwriteGetLocale(() => locale));
afterAll(() => overwriteGetLocale(() => 'en'));

type Rows = readonly RevenueChangeRow[];

/** The sentence as it stands on the page. */
function said(
  figures: WeekSummaryRow,
  changes: readonly FunnelChangeRow[],
  whole: Rows = [],
  byStore: Rows = [],
  language: Locale = 'zh-Hans',
): string {
  locale = language;
  const reason = reasonOf(figures, { changes, whole, byStore, storeChanges: [] });
  const view = sentenceView(language, 'CNY', figures, changes, whole, reason);
  return spoken(view, 'previous', true).trim();
}

const closing = [effect('closing_rate', 'all', '-60000.00', { rank_no: 1 })];
const inNorth = [cause('closing_rate', '北城店', '-40000.00')];
const within = [ofOrders('within_noise')];

describe('the week in one sentence', () => {
  test('says orders and money, how many fewer, what revenue did and why, and what one week proves', () => {
    expect(said(summary(), within, closing, inNorth)).toBe(
      '本周签20单、¥12.8万，比上一周少13单，营收少¥7.4万，主要是北城店成交率下降。单量每周都有波动，单看这一周还下不了结论。',
    );
    expect(said(summary(), within, closing, inNorth, 'en')).toBe(
      '20 orders signed, ¥127,880, 13 fewer than the week before; revenue ¥74,108 lower, mainly because 北城店: a smaller share of visits ended in an order. Orders vary a lot from week to week: one week alone proves nothing.',
    );
  });

  test('calls a fall that is more than noise, and asks to look into it', () => {
    expect(said(summary(), [ofOrders('more_than_noise')], closing, inNorth)).toMatch(
      /；超出正常波动，要查。$/,
    );
    expect(said(summary({ orders_change: 13 }), [ofOrders('more_than_noise')])).toMatch(/；超出正常波动。$/);
  });

  test('says so where orders are within noise and the reason itself is not', () => {
    const called = change({ step_no: 4, figure: 'rate', verdict: 'more_than_noise' });
    expect(said(summary(), [...within, called], closing, inNorth)).toMatch(
      /主要是北城店成交率下降；单数的变化可能是正常波动，但成交率下降超出正常波动，要查。$/,
    );
  });

  test('concludes nothing from one week only where the page marks nothing as more than noise', () => {
    const other = change({ step_no: 1, figure: 'rate', verdict: 'more_than_noise' });
    expect(said(summary(), [...within, other], closing, inNorth)).toMatch(
      /主要是北城店成交率下降；单数的变化可能是正常波动。$/,
    );
  });

  test('names no culprit for hardly a change of money, and says how much it is', () => {
    const slight = [ofOrders('within_noise', { ratio_change: -0.03 })];
    const even = [
      effect('ticket', 'all', '-1974.00', { compared_difference: '-1974.00', compared_ratio: -0.007 }),
    ];
    expect(said(summary({ orders_change: -1 }), slight, even, inNorth)).toBe(
      '本周签20单、¥12.8万，比上一周少1单，营收差不多（少¥1,974）。',
    );
  });

  test('names the store that lost most where the reason is found in another, and calls main only what is', () => {
    const stores = [
      cause('closing_rate', '中山路店', '-29000.00', { segment_no: 2 }),
      cause('upsell_viewing', '大学城店', '-25440.00', { cause_no: 2 }),
    ];
    expect(said(summary(), within, closing, stores)).toContain(
      '营收少¥7.4万，最大的一项是中山路店成交率下降；少得最多的是大学城店。',
    );
  });

  test('says so when revenue went the other way than the orders', () => {
    const up = [effect('ticket', 'all', '20000.00', { rank_no: 1, compared_difference: '15000.00' })];
    const there = [cause('ticket', '江滨店', '20000.00', { compared_difference: '15000.00' })];
    expect(said(summary(), within, up, there)).toContain('少13单，营收反而多¥1.5万，主要是江滨店客单价上升');
  });

  test('names a missing store first, and says of which stores a difference speaks', () => {
    const rows = [
      effect('left_out', '江滨店', '-60602.00', { compared_difference: '-8399.00' }),
      effect('visit_rate', 'all', '-27791.00', { compared_difference: '-8399.00' }),
    ];
    const there = [cause('visit_rate', '东门店', '-27791.00', { compared_difference: '-8399.00' })];
    expect(said(summaryWithGap(), [ofOrders('gap')], rows, there)).toBe(
      '江滨店8月3–9日没有订单数据。本周签28单、¥16.7万；数据齐全的4家店和上一周单数一样，营收少¥8,399，主要是东门店进店率下降；等江滨店的数据补上再下结论。',
    );
    expect(said(summaryWithGap({ missing_every_list: true }), [ofOrders('gap')])).toMatch(
      /^江滨店8月3–9日没有任何数据。/,
    );
  });

  test('says of how many stores revenue speaks where orders are compared in all of them', () => {
    const leadsOnly = { compared_stores: 5, orders_change: -13, missing_step_no: 2 };
    const rows = [
      effect('left_out', '江滨店', '1000.00', { compared_difference: '-77108.00' }),
      effect('left_out', '东门店', '2000.00'),
      effect('closing_rate', 'all', '-60000.00', { compared_difference: '-77108.00' }),
    ];
    const there = [cause('closing_rate', '北城店', '-60000.00', { compared_difference: '-77108.00' })];
    expect(said(summaryWithGap(leadsOnly), within, rows, there)).toContain(
      '江滨店8月3–9日没有客资数据，东门店也缺数据。本周签28单、¥16.7万，比上一周少13单；数据齐全的4家店营收少¥7.7万，主要是北城店成交率下降',
    );
  });

  test('compares nothing where every store lacks something, and never takes that for no change or no orders', () => {
    const none = summaryWithGap({
      all_stores: 1,
      compared_stores: 0,
      whole_stores: 0,
      orders: 0,
      signed: '0.00',
      orders_change: null,
    });
    expect(said(none, [ofOrders('gap')], closing)).toBe(
      '江滨店8月3–9日没有订单数据。本周签0单、¥0；数据不全，没法对比。',
    );
  });

  test('calls a holiday by its name, and compares it with no ordinary week', () => {
    const closed = { festival: 'spring_festival', closed_days: 7 };
    const days = { closed_from: '2026-02-16', closed_to: '2026-02-22' };
    const holiday = [ofOrders('holiday')];
    expect(said(summary({ ...closed, ...days, orders: 3, signed: '17397.00' }), holiday, closing)).toBe(
      '2月16–22日春节放假，门店没开。本周签3单、¥1.7万；春节前后，和平常周没法比。',
    );
    const before = { festival: 'spring_festival', reference_closed_days: 7 };
    expect(said(summary(before), holiday, closing)).toMatch(/^上一周赶上春节放假。本周签20单、¥12.8万；/);
    expect(said(summary({ ...before, orders_change: 17 }), holiday, closing)).toBe(
      '上一周赶上春节放假。本周签20单、¥12.8万，比上一周多17单；春节前后，和平常周没法比。',
    );
  });

  test('offers last year’s week where a holiday or a gap in the week before leaves nothing to compare', () => {
    const better = (figures: WeekSummaryRow, verdict: string) =>
      sentenceView('en', 'CNY', figures, [ofOrders(verdict)], [], 'holiday').betterCompared;
    expect(better(summary(), 'holiday')).toBe(true);
    expect(better(summaryWithGap({ missing_to: '2026-08-02' }), 'gap')).toBe(true);
    expect(better(summaryWithGap(), 'gap')).toBe(false);
    expect(better(summary(), 'within_noise')).toBe(false);
  });

  test('counts whole orders, and against a mean less than half of one is none', () => {
    expect(said(summary({ orders_change: -21.3 }), within)).toContain('少21单');
    expect(said(summary({ orders_change: -0.3 }), within)).toContain('和上一周单数一样');
  });

  test('compares nothing where nothing comes before', () => {
    expect(said(summary({ orders_change: null }), [])).toBe('本周签20单、¥12.8万。');
  });
});
