import { root, upperQuantile } from './significance.ts';

/** Units that each arm needs: where one looks once at that size, and where one looks at any time. */
export type UnitsPerArm = { readonly once: number; readonly always: number };

/** 1 − chance of missing a difference that is there, 0 < power < 1, and chance of calling one that is not. */
export type Aim = { readonly power?: number; readonly alpha?: number };

/**
 * Units per arm to tell two rates apart, 0 < rate < 1, both different. Once: (z₁√(2p̄(1 − p̄)) + z₂√(p(1 − p) + q(1 − q)))² ÷ (q − p)²
 * (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, 4.2, without continuity). Always: see `alwaysReach`.
 */
export function unitsForRates(
  rate: number,
  other: number,
  { power = 0.8, alpha = 0.05 }: Aim = {},
): UnitsPerArm {
  const [spread, middle] = [rate * (1 - rate) + other * (1 - other), (rate + other) / 2];
  const [z, beta] = quantiles(alpha, power);
  const once = (z * Math.sqrt(2 * middle * (1 - middle)) + beta * Math.sqrt(spread)) ** 2;
  const always = (alwaysReach(alpha) + beta) ** 2 * spread;
  const square = (other - rate) ** 2;
  return { once: once / square, always: always / square };
}

/**
 * Units per arm to tell two means apart that lie `difference` ≠ 0 apart and spread by `deviation` > 0 in each arm. Once: 2(z₁ + z₂)²σ²/δ² +
 * z₁²/4 (Guenther 1981, American Statistician 35:243, for the t test).
 */
export function unitsForMeans(
  difference: number,
  deviation: number,
  { power = 0.8, alpha = 0.05 }: Aim = {},
): UnitsPerArm {
  const [z, beta] = quantiles(alpha, power);
  const ratio = 2 * (deviation / difference) ** 2;
  return { once: ratio * (z + beta) ** 2 + z ** 2 / 4, always: ratio * (alwaysReach(alpha) + beta) ** 2 };
}

/** The least rise of a rate that so many units per arm tell with this power, as a share; null where not even 1 is far enough. */
export function detectableRise(
  rate: number,
  units: number,
  aim: Aim = {},
): { readonly once: number | null; readonly always: number | null } {
  const least = (way: keyof UnitsPerArm) => {
    const missing = (rise: number) => unitsForRates(rate, rate + rise, aim)[way] - units;
    const most = 1 - rate - 1e-9;
    return missing(most) > 0 ? null : root(missing, 1e-9, most);
  };
  return { once: least('once'), always: least('always') };
}

function quantiles(alpha: number, power: number): [number, number] {
  const beta = power < 0.5 ? -upperQuantile(power, null) : upperQuantile(1 - power, null);
  return [upperQuantile(alpha / 2, null), beta];
}

/**
 * How many standard errors an always-valid interval reaches at the size for which it is narrowest (see `alwaysValid`): with nρ² = c =
 * −2 ln α + ln(1 − 2 ln α) it is √(2(c + 1)/c · ln(√(c + 1)/α)), 3.03 at 5 %. Who stops as soon as it calls needs fewer.
 */
function alwaysReach(alpha: number): number {
  const logs = -2 * Math.log(alpha);
  const c = logs + Math.log(logs + 1);
  return Math.sqrt(((2 * (c + 1)) / c) * Math.log(Math.sqrt(c + 1) / alpha));
}
