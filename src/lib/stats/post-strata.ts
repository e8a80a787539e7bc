import { covarianceOf, meansOf } from './arms.ts';
import type { Arm } from './arms.ts';
import { weighed } from './matrices.ts';

/**
 * Both arms of an experiment as if each held the strata in the shares that both have together (post-stratification: Miratrix, Sekhon
 * & Yu 2013, Journal of the Royal Statistical Society B 75:369), so that a difference is not of the strata's making and what they
 * explain is taken off its error. `strata`: control and variant of each, two units or more in every arm. Of each arm the
 * means are Σ wₛ·mₛ and their covariance Σ wₛ²·Cₛ/nₛ with wₛ = units of the stratum ÷ all units.
 */
export function postStratified(strata: readonly (readonly [Arm, Arm])[]): readonly [Arm, Arm] | null {
  const [first] = strata;
  if (first === undefined || strata.length === 1) return first ?? null;
  const all = strata.reduce((sum, [control, variant]) => sum + control.n + variant.n, 0);
  const weights = strata.map(([control, variant]) => (control.n + variant.n) / all);
  return [
    reweighted(
      strata.map(([control]) => control),
      weights,
    ),
    reweighted(
      strata.map(([, variant]) => variant),
      weights,
    ),
  ];
}

function reweighted(strata: readonly Arm[], weights: readonly number[]): Arm {
  const [{ kind, adjusted, sums: names } = { kind: 'mean' as const, adjusted: false, sums: [] }] = strata;
  const n = strata.reduce((sum, arm) => sum + arm.n, 0);
  const means = strata.map(meansOf);
  const sums = names.map(
    (_, i) => n * means.reduce((sum, of, at) => sum + (weights[at] ?? 0) * (of[i] ?? 0), 0),
  );
  const covariance = weighed(
    strata.map((arm, at) => ({ weight: (weights[at] ?? 0) ** 2 / arm.n, matrix: covarianceOf(arm) })),
  );
  return {
    kind,
    adjusted,
    n,
    sums,
    products: covariance.map((row, i) =>
      row.map((value, j) => (n - 1) * n * value + ((sums[i] ?? 0) * (sums[j] ?? 0)) / n),
    ),
    binary: names.map(() => false),
  };
}
