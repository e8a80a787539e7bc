import { alwaysValid } from './always-valid.ts';
import { meanArm } from './arms.ts';
import type { Arm } from './arms.ts';
import { chanceToWin } from './chance-to-win.ts';
import { effectOf } from './effect.ts';
import type { QuantileArm } from './quantile-arm.ts';
import type { Proportion } from './significance.ts';
import { tTest } from './t-test.ts';

/** A figure that a calculator gives; null where there is none. */
export type Figure = readonly [name: string, value: number | null];

/** What a number has to be: a count of things, a share between 0 and 1, a number above 0, or any. */
export type Kind = 'count' | 'share' | 'positive' | 'number';

/** A method for figures that somebody has at hand. */
export type Calculator = {
  /** Its numbers in order; the last may be given again where `repeats`. */
  readonly asks: readonly (readonly [name: string, kind: Kind])[];
  readonly repeats: boolean;
  /** Whether numbers of the right kinds fit together. */
  readonly fits: (given: readonly number[]) => boolean;
  readonly figures: (given: readonly number[]) => Figure[];
};

/** Numbers in pairs: hits, of. */
export const proportionsOf = (given: readonly number[]): Proportion[] =>
  Array.from({ length: given.length / 2 }, (_, at) => ({
    hits: given[2 * at] ?? 0,
    base: given[2 * at + 1] ?? 0,
  }));

/** Whether numbers in pairs are proportions. */
export const areProportions = (given: readonly number[]) =>
  proportionsOf(given).every(({ hits, base }) => base > 0 && hits <= base);

/** How a variant differs from the control. */
export function differences(control: Arm | QuantileArm, variant: Arm | QuantileArm): Figure[] {
  const found = effectOf(control, variant, 'absolute');
  const [one, always] = [tTest(found), alwaysValid(found)];
  const lift = tTest(effectOf(control, variant, 'relative'));
  return [
    ['difference', one.estimate],
    ['standard_error', one.error],
    ['low', one.low],
    ['high', one.high],
    ['p', one.p],
    ['always_low', always.low],
    ['always_high', always.high],
    ['always_p', always.p],
    ['lift', lift.estimate],
    ['lift_low', lift.low],
    ['lift_high', lift.high],
    ['chance_to_win', chanceToWin(found, { scale: 'absolute' }).chance],
  ];
}

/** The arm that has this mean and this standard deviation (n − 1 below) over so many units. */
export function meanOf(mean: number, deviation: number, n: number): Arm {
  return meanArm({ n, sum: n * mean, squares: (n - 1) * deviation ** 2 + n * mean ** 2 });
}
