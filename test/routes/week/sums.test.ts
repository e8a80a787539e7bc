import { describe, expect, test } from 'vitest';
import type { FunnelChangeRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { sumsView } from '../../../src/routes/week/sums.ts';
import { change, summary, summaryWithGap } from './given.ts';

const judged = (verdict: string) => [change({ step_no: 4, figure: 'signed', verdict })];
const signed = (figures: WeekSummaryRow, changes: FunnelChangeRow[]) =>
  sumsView('zh-Hans', 'CNY', figures, changes, {})[0];

describe('the four sums', () => {
  test('say an amount of all stores with its change and verdict', () => {
    expect(signed(summary(), judged('within_noise'))).toMatchObject({
      name: 'signed',
      text: '¥127,880',
      change: { text: '−40.4%', verdict: 'within_noise', part: null },
    });
  });

  test('say of how many stores a change speaks, and from what to what, where it is not all of them', () => {
    const figures = summaryWithGap({ signed: '227474.00' });
    expect(signed(figures, judged('gap'))).toMatchObject({
      text: '¥227,474',
      change: { text: '−7.2%', verdict: 'gap', part: { stores: 4, before: '¥18万', after: '¥16.7万' } },
    });
  });

  test('compare nothing around a holiday, nor without a store', () => {
    expect(signed(summary(), judged('holiday'))?.change).toEqual({
      text: null,
      verdict: 'holiday',
      part: null,
    });
    const none = summaryWithGap({ compared_stores: 0, signed_ratio_change: null });
    expect(signed(none, judged('gap'))?.change).toEqual({ text: null, verdict: 'gap', part: null });
  });

  test('have no amount without a list, and say what has waited for more than 60 days', () => {
    const [, , collected, outstanding] = sumsView('zh-Hans', 'CNY', summary(), [], {});
    expect(collected).toMatchObject({ text: null, change: null });
    expect(outstanding).toMatchObject({ text: '¥1,469,503', over60: '¥491,799', change: null });
  });
});
