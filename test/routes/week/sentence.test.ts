import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, RevenueChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { sentenceView } from '../../../src/routes/week/sentence.ts';

const summary = (known: Partial<WeekSummaryRow> = {}) =>
  ({
    orders: 32,
    orders_change: -5,
    signed: '186000.00',
    missing_from: null,
    missing_to: null,
    running: false,
    ...known,
  }) as WeekSummaryRow;
const judged = (verdict: string) => [{ step_no: 4, figure: 'orders', verdict }] as FunnelChangeRow[];
const reason = (
  term: string,
  segment: string,
  effect: string,
  rank_no: number | null,
  difference = '-90060.00',
) => ({ term, segment, effect, rank_no, difference }) as RevenueChangeRow;
const view = (...given: Parameters<typeof sentenceView> extends [unknown, unknown, ...infer R] ? R : never) =>
  sentenceView('zh-Hans', 'CNY', ...given);

describe('the week in one sentence', () => {
  test('says orders and money as a shop owner does, how many fewer, the largest reason and the verdict', () => {
    const rows = [
      reason('visit_rate', '解放碑店', '-60000.00', 1),
      reason('ticket', '江滨店', '-30060.00', 2),
    ];
    expect(view(summary(), judged('within_noise'), rows)).toEqual({
      signed: { count: '32', one: false, amount: '¥18.6万' },
      orders: { direction: 'fewer', count: '5' },
      reason: { term: 'visit_rate', segment: '解放碑店', direction: 'down' },
      though: null,
      verdict: 'within_noise',
      blindBelow: null,
      missing: null,
      running: false,
      festival: null,
    });
  });

  test('says so when the money went the other way than the orders', () => {
    const rows = [reason('ticket', '江滨店', '20000.00', 1, '15000.00')];
    expect(view(summary(), judged('within_noise'), rows)).toMatchObject({
      reason: { term: 'ticket', direction: 'up' },
      though: { direction: 'more', amount: '¥1.5万' },
    });
  });

  test('names a missing store first, speaks of the others, and takes no missing money for a reason', () => {
    const gone = {
      missing_store: '江滨店',
      missing_step_no: 4,
      missing_from: '2026-08-03',
      missing_to: '2026-08-09',
    };
    const rows = [
      reason('left_out', '江滨店', '-100060.00', null),
      reason('visit_rate', '北城店', '10000.00', 1),
    ];
    const others = { orders_compared: 28, orders_change: 3, signed_compared: '150000.00' };
    expect(view(summary({ ...gone, ...others }), judged('gap'), rows)).toMatchObject({
      signed: { count: '28', amount: '¥15万' },
      orders: { direction: 'more', count: '3' },
      missing: { store: '江滨店', step: 4, from: '8月3日', to: '8月9日', oneDay: false },
      reason: { term: 'visit_rate', segment: '北城店', direction: 'up' },
      though: null,
    });
  });

  test('gives no reason against the direction of the orders while a store is missing', () => {
    const gone = {
      missing_store: '江滨店',
      missing_step_no: 4,
      missing_from: '2026-08-03',
      missing_to: '2026-08-09',
    };
    const rows = [reason('ticket', '北城店', '-10060.00', 1)];
    expect(view(summary({ ...gone, orders_change: 4 }), judged('gap'), rows)).toMatchObject({
      reason: null,
      though: null,
    });
  });

  test('says how small a fall is lost in noise where that is more than half', () => {
    const blind = [
      { step_no: 4, figure: 'orders', verdict: 'within_noise', detectable_drop: 0.79 },
    ] as FunnelChangeRow[];
    expect(view(summary(), blind, []).blindBelow).toBe('79.0%');
    expect(view(summary({ orders_change: 5 }), blind, []).blindBelow).toBeNull();
  });

  test('counts whole orders, and against a mean less than half of one is none', () => {
    expect(view(summary({ orders_change: -21.3 }), [], []).orders).toEqual({
      direction: 'fewer',
      count: '21',
    });
    expect(view(summary({ orders_change: -0.3 }), [], []).orders).toEqual({ direction: 'same', count: '0' });
  });

  test('gives no reason where nothing has changed or nothing comes before', () => {
    expect(view(summary({ orders_change: null }), [], [])).toMatchObject({ orders: null, reason: null });
    expect(
      view(summary({ orders_change: 0 }), judged('within_noise'), [
        reason('mix', 'all', '0.00', null, '0.00'),
      ]),
    ).toMatchObject({
      orders: { direction: 'same' },
      reason: null,
    });
  });
});
