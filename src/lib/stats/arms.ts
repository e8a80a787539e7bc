import type { Matrix } from './matrices.ts';
import type { Proportion } from './significance.ts';

/**
 * What the units of one arm of an experiment add up to: of each variable the sum, of each pair of variables the sum of their
 * products. The variables are the outcome (or numerator), the denominator of a ratio, and, when `adjusted`, the same of the time
 * before. A binary variable is 0 or 1 for each unit.
 */
export type Arm = {
  readonly kind: 'mean' | 'ratio';
  readonly adjusted: boolean;
  /** Units, such as customers or days. */
  readonly n: number;
  readonly sums: readonly number[];
  readonly products: Matrix;
  readonly binary: readonly boolean[];
};

/** Sum of a variable over units, and sum of its squares. */
export type Totals = { readonly sum: number; readonly squares: number };

/** An arm whose metric is a mean per unit: orders, money. */
export function meanArm({ n, sum, squares }: Totals & { readonly n: number }): Arm {
  return { kind: 'mean', adjusted: false, n, sums: [sum], products: [[squares]], binary: [false] };
}

/** An arm whose metric is the share of units that did something. */
export function proportionArm({ hits, base }: Proportion): Arm {
  return { kind: 'mean', adjusted: false, n: base, sums: [hits], products: [[hits]], binary: [true] };
}

/** An arm whose metric is a ratio of two sums over units, such as orders per lead of days. `products` is Σ above·below. */
export function ratioArm(
  n: number,
  { above, below, products }: { readonly above: Totals; readonly below: Totals; readonly products: number },
): Arm {
  return {
    kind: 'ratio',
    adjusted: false,
    n,
    sums: [above.sum, below.sum],
    products: [
      [above.squares, products],
      [products, below.squares],
    ],
    binary: [false, false],
  };
}

/** An arm of means or proportions together with the same of a time before it began; `products` is Σ after·before. */
export function adjustedArm(after: Arm, before: Arm, products: number): Arm {
  const [now = 0, then = 0] = [after.products[0]?.[0], before.products[0]?.[0]];
  return {
    kind: 'mean',
    adjusted: true,
    n: after.n,
    sums: [...after.sums, ...before.sums],
    products: [
      [now, products],
      [products, then],
    ],
    binary: [...after.binary, ...before.binary],
  };
}

/** An arm without what is known of the time before. */
export function withoutBefore(arm: Arm): Arm {
  if (!arm.adjusted) return arm;
  const kept = arm.sums.length / 2;
  return {
    ...arm,
    adjusted: false,
    sums: arm.sums.slice(0, kept),
    products: arm.products.slice(0, kept).map((row) => row.slice(0, kept)),
    binary: arm.binary.slice(0, kept),
  };
}

/** The units of two arms, or of two strata of an arm, together. */
export function together(a: Arm, b: Arm): Arm {
  return {
    ...a,
    n: a.n + b.n,
    sums: a.sums.map((sum, i) => sum + (b.sums[i] ?? 0)),
    products: a.products.map((row, i) => row.map((product, j) => product + (b.products[i]?.[j] ?? 0))),
    binary: a.binary.map((one, i) => one && b.binary[i] === true),
  };
}

/** Means of an arm's variables; 0 without units. */
export function meansOf({ n, sums }: Arm): number[] {
  return sums.map((sum) => (n === 0 ? 0 : sum / n));
}

/**
 * Covariance matrix of an arm's variables over its units: (Σxy − ΣxΣy/n)/(n − 1), of two binary variables Σxy/n − ΣxΣy/n², so that
 * the variance of a proportion is p(1 − p). 0 for fewer than two units.
 */
export function covarianceOf({ n, sums, products, binary }: Arm): number[][] {
  return products.map((row, i) =>
    row.map((product, j) => {
      if (n <= 1) return 0;
      const [a, b] = [sums[i] ?? 0, sums[j] ?? 0];
      return binary[i] === true && binary[j] === true
        ? product / n - (a * b) / n ** 2
        : (product - (a * b) / n) / (n - 1);
    }),
  );
}

/** Mean of an outcome, or ratio of two sums; 0 where nothing divides. `from` is the place of the first variable. */
export function levelOf(arm: Arm, from = 0): number {
  const means = meansOf(arm);
  const [above = 0, below = 0] = means.slice(from);
  if (arm.kind === 'mean') return above;
  return below === 0 ? 0 : above / below;
}

/** Derivatives of `levelOf` by the arm's means, for its variables from `from` on. */
export function slopesOf(arm: Arm, from = 0): number[] {
  const [above = 0, below = 0] = meansOf(arm).slice(from);
  const own = arm.kind === 'mean' ? [1] : below === 0 ? [0, 0] : [1 / below, -above / below ** 2];
  return arm.sums.map((_, at) => own[at - from] ?? 0);
}
