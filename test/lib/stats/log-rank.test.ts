import { expect, test } from 'vitest';
import { chiSquareTail } from '#lib/stats/chi-square.ts';
import { logRank } from '#lib/stats/log-rank.ts';

test('chi-square has the tails of its tables', () => {
  // Abramowitz & Stegun 1964, table 26.8: the upper 5 % and 0.1 % points.
  const points: [number, number, number][] = [
    [3.84146, 1, 0.05],
    [5.99146, 2, 0.05],
    [7.81473, 3, 0.05],
    [18.307, 10, 0.05],
    [10.8276, 1, 0.001],
    [29.5883, 10, 0.001],
  ];
  for (const [x, degrees, tail] of points) expect(chiSquareTail(x, degrees)).toBeCloseTo(tail, 5);
  expect(chiSquareTail(0, 3)).toBe(1);
});

test('a segment is said to differ only as one of all that are told apart, and one that is too small keeps to that', () => {
  const of = (chi_square: number | null, verdict: string | null = null) => ({
    chi_square,
    verdict,
    p: null,
    all_chi_square: null,
    all_degrees: null,
    all_p: null,
  });
  // p = 0.04 alone would be below 5 %, but not as the least of three.
  const verdicts = (rows: ReturnType<typeof of>[]) => logRank(rows).map(({ verdict }) => verdict);
  expect(verdicts([of(4.22)])).toEqual(['differs']);
  expect(verdicts([of(4.22), of(0.1), of(0.2)])).toEqual(['within_noise', 'within_noise', 'within_noise']);
  expect(verdicts([of(4.22), of(30, 'too_few'), of(null)])).toEqual(['differs', 'too_few', null]);
});
