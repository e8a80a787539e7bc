import { expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '#lib/stats/adjusted-p.ts';
import { discoveries } from '#lib/stats/significance.ts';

// worked by hand: sorted 0.005, 0.01, 0.03, 0.04
const ps = [0.01, 0.04, 0.03, 0.005];
const near = (found: readonly number[], wanted: readonly number[]) =>
  found.forEach((p, at) => expect(p).toBeCloseTo(wanted[at] ?? NaN, 12));

test('Holm’s p values grow with the tests that are left and never fall', () => {
  near(holm(ps), [0.03, 0.06, 0.06, 0.02]);
  near(holm([0.9, 0.8]), [1, 1]);
  expect(holm([])).toEqual([]);
});

test('Benjamini and Hochberg’s p values call what discoveries calls', () => {
  near(benjaminiHochberg(ps), [0.02, 0.04, 0.04, 0.02]);
  for (const q of [0.01, 0.02, 0.03, 0.05])
    expect(benjaminiHochberg(ps).map((p) => p <= q + 1e-12)).toEqual(discoveries(ps, q));
});
