import type { Effect, Found } from './effect.ts';
import { untested, withReach } from './t-test.ts';
import type { Side, Tested } from './t-test.ts';

/** Units of both arms at which the interval is narrowest, when nothing else is known. */
const TUNING = 5000;
/** One-sided p values are sought between these. */
const LEAST = 1e-5;
const MOST = 0.4999;
const NEAR = 1e-6;
const MOST_HALVINGS = 100;

/**
 * Test and interval of a difference that stay valid however often one looks: asymptotic confidence sequences (Waudby-Smith,
 * Arbour, Sinha, Kennedy & Ramdas 2024, Annals of Statistics 52:2613, eqs. 10 and 155, one-sided from their theorem 2.8).
 *
 * With n units in both arms, s² = n·error² and ρ² = (−2 ln a + ln(1 − 2 ln a))/tuning, a = alpha (one-sided 2·alpha), the half width
 * is s·√(2(nρ² + 1)/(nρ)² · ln(√(nρ² + 1)/alpha)), one-sided with ln(1 + √(nρ² + 1)/(2·alpha)). p = √(nρ² + 1)·exp(−ρ²t²n/(2(nρ² +
 * 1))), t = estimate/error, at most 1; one-sided it is sought by halving, between 0.00001 and 0.4999, until the end of its interval
 * lies within 10⁻⁶ of 0. `tuning`: units at which the interval is narrowest. One-sided needs alpha < 0.5.
 */
export function alwaysValid(found: Found, alpha = 0.05, side: Side = 'both', tuning = TUNING): Tested {
  if (found.trouble !== null) return untested(found.trouble);
  const rho = mixture(side === 'both' ? alpha : 2 * alpha, tuning);
  if (side === 'both')
    return withReach(found, reachOf(found, rho, Math.log(spread(found, rho) / alpha)), side, pOf(found, rho));
  const oneSided = (level: number) => reachOf(found, rho, Math.log1p(spread(found, rho) / (2 * level)));
  const gain = side === 'greater' ? found.estimate : -found.estimate;
  return withReach(
    found,
    oneSided(alpha),
    side,
    soughtP((level) => gain - oneSided(level)),
  );
}

/** ρ: how the mixture weighs small and large differences. */
function mixture(alpha: number, tuning: number): number {
  const logs = -2 * Math.log(alpha);
  return Math.sqrt((logs + Math.log(logs + 1)) / tuning);
}

function spread({ units }: Effect, rho: number): number {
  return Math.sqrt(units * rho ** 2 + 1);
}

function reachOf(effect: Effect, rho: number, logarithm: number): number {
  const inner = ((2 * spread(effect, rho) ** 2) / (effect.units * rho) ** 2) * logarithm;
  return effect.error * Math.sqrt(effect.units * inner);
}

function pOf({ estimate, error, units }: Effect, rho: number): number {
  const wide = units * rho ** 2 + 1;
  const evidence = (rho ** 2 * units * (estimate / error) ** 2) / (2 * wide) - Math.log(wide) / 2;
  return Math.min(1, Math.exp(-evidence));
}

/** The level at which an end that grows with it meets 0. */
function soughtP(endAt: (level: number) => number): number {
  if (endAt(LEAST) > 0) return LEAST;
  if (endAt(MOST) < 0) return MOST;
  let [low, high] = [LEAST, MOST];
  for (let halving = 0; halving < MOST_HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    const end = endAt(middle);
    if (end < 0) low = middle;
    else high = middle;
    if (Math.abs(end) < NEAR) break;
  }
  return (low + high) / 2;
}
