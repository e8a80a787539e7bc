import { describe, expect, test } from 'vitest';
import { verdicts, type Comparison } from '#lib/stats/verdicts.ts';

const blank: Comparison = {
  method: null,
  reference: null,
  reference_weeks: 1,
  change: null,
  hits: null,
  base: null,
  reference_hits: null,
  reference_base: null,
  spread: null,
  usual_spread: null,
  z: null,
  df: null,
  ratio_change: null,
  ratio_low: null,
  ratio_high: null,
  p: null,
  verdict: null,
  detectable_drop: null,
  drop_no: null,
};

const count = (change: number, spread: number): Comparison => ({
  ...blank,
  method: 'count',
  reference: 100,
  change,
  ratio_change: change / 100,
  spread,
  usual_spread: spread,
  z: change / spread,
});

describe('verdicts', () => {
  test('a count is judged by its z, and its relative change has an interval', () => {
    const [row] = verdicts([count(40, 12)]);
    expect(row?.p).toBeCloseTo(0.000858, 6);
    expect(row?.verdict).toBe('more_than_noise');
    expect(row?.ratio_low).toBeCloseTo(0.4 - 0.12 * 1.959963984540054, 9);
    expect(row?.ratio_high).toBeCloseTo(0.4 + 0.12 * 1.959963984540054, 9);
  });

  test('a dispersed count needs a larger change', () => {
    const [row] = verdicts([{ ...count(25, 12.5), df: 17 }]);
    expect(row?.p).toBeCloseTo(0.06175, 4);
    expect(row?.verdict).toBe('within_noise');
  });

  test('the interval of a ratio is symmetric in its logarithm', () => {
    const [row] = verdicts([
      {
        ...blank,
        method: 'log_ratio',
        reference: 0.2,
        change: 0.05,
        ratio_change: 0.25,
        spread: 0.1,
        z: 2.23,
        df: 17,
      },
    ]);
    const reach = 0.1 * 2.109815577833317;
    expect(row?.ratio_low).toBeCloseTo(1.25 * Math.exp(-reach) - 1, 8);
    expect(row?.ratio_high).toBeCloseTo(1.25 * Math.exp(reach) - 1, 8);
  });

  test('nested proportions are judged by the level at which their interval touches 0', () => {
    const pair = { hits: 56, base: 70, reference_hits: 48, reference_base: 80, reference: 0.6, change: 0.2 };
    const [row] = verdicts([{ ...blank, ...pair, method: 'newcombe', ratio_low: 0.087, ratio_high: 0.556 }]);
    expect(row?.p).toBeLessThan(0.05);
    expect(row?.verdict).toBe('more_than_noise');
    expect([row?.ratio_low, row?.ratio_high]).toEqual([0.087, 0.556]);
  });

  test('what cannot be judged keeps its verdict and does not count among the comparisons', () => {
    const borderline = count(23.6, 12);
    const rows = verdicts([
      borderline,
      { ...count(1, 12), verdict: 'too_few' },
      { ...count(1, 12), verdict: 'gap' },
    ]);
    expect(rows.map((row) => row.verdict)).toEqual(['more_than_noise', 'too_few', 'gap']);
    expect(rows.map((row) => row.p === null)).toEqual([false, true, true]);
    const family = verdicts([borderline, ...Array.from({ length: 5 }, () => count(1, 12))]);
    expect(family[0]?.verdict).toBe('within_noise');
  });

  test('without a figure there is no verdict', () => {
    expect(verdicts([blank])[0]).toEqual(blank);
  });

  test('falls that are called are numbered, the one that luck explains least first; rises and quiet falls are not', () => {
    const rows = verdicts([count(-40, 8), count(50, 8), count(-60, 8), count(-1, 8)]);
    expect(rows.map((row) => row.drop_no)).toEqual([2, null, 1, null]);
  });

  test('the more comparisons a view has, the larger a fall must be to be noticed; unjudged rows have none', () => {
    const alone = verdicts([count(1, 12)])[0]?.detectable_drop;
    const amongTen = verdicts([
      ...Array.from({ length: 10 }, () => count(1, 12)),
      { ...count(1, 12), verdict: 'gap' },
    ]);
    expect(amongTen[0]?.detectable_drop).toBeGreaterThan(alone ?? Number.NaN);
    expect(amongTen.at(-1)?.detectable_drop).toBeNull();
  });
});
