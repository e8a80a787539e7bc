import { adjustedArm, levelOf, proportionArm, ratioArm, withoutBefore } from './arms.ts';
import type { Arm } from './arms.ts';
import { areProportions, differences, meanOf, proportionsOf } from './calculator.ts';
import type { Calculator, Figure, Kind } from './calculator.ts';
import { effectOf } from './effect.ts';
import { habitSlope } from './habit.ts';
import { postStratified } from './post-strata.ts';
import type { QuantileArm } from './quantile-arm.ts';

type Asks = readonly (readonly [name: string, kind: Kind])[];

const HABIT: Asks = [
  ['mean', 'number'],
  ['standard-deviation', 'positive'],
  ['mean-before', 'number'],
  ['standard-deviation-before', 'positive'],
  ['correlation', 'number'],
  ['units', 'count'],
];
const RATIO: Asks = [
  ['units', 'count'],
  ['above', 'number'],
  ['above-squares', 'number'],
  ['below', 'number'],
  ['below-squares', 'number'],
  ['products', 'number'],
];
const QUANTILE: Asks = [
  ['estimate', 'number'],
  ['low', 'number'],
  ['high', 'number'],
  ['events', 'count'],
];

/** The numbers of two arms, of which each asks for so many. */
const halves = (given: readonly number[], each: number, from = 0) =>
  [given.slice(from, from + each), given.slice(from + each, from + 2 * each)] as const;

/** Comparisons of two arms by more than a share or a mean, the first less the second. */
export const armCalculators: Readonly<Record<string, Calculator>> = {
  'two-means-with-habit': {
    asks: [...HABIT, ...HABIT],
    repeats: false,
    fits: (given) =>
      halves(given, HABIT.length).every(
        ([, , , , correlation = 0, units = 0]) => Math.abs(correlation) <= 1 && units > 1,
      ),
    figures: (given) => {
      const [variant, control] = halves(given, HABIT.length);
      return withHabit(habitArm(control), habitArm(variant));
    },
  },
  'two-ratios': {
    asks: [...RATIO, ...RATIO],
    repeats: false,
    fits: (given) =>
      halves(given, RATIO.length).every(
        ([units = 0, , squares = 0, below = 0, others = 0]) =>
          units > 1 && squares >= 0 && below !== 0 && others >= 0,
      ),
    figures: (given) => {
      const [variant, control] = halves(given, RATIO.length);
      const [a, b] = [sumsArm(control), sumsArm(variant)];
      return [['ratio_1', levelOf(b)], ['ratio_2', levelOf(a)], ...differences(a, b)];
    },
  },
  'two-quantiles': {
    asks: [['quantile', 'share'], ...QUANTILE, ...QUANTILE],
    repeats: false,
    fits: ([quantile = 0, ...given]) =>
      quantile > 0 &&
      quantile < 1 &&
      halves(given, QUANTILE.length).every(
        ([estimate = 0, low = 0, high = 0, events = 0]) => low <= estimate && estimate <= high && events > 1,
      ),
    figures: ([quantile = 0, ...given]) => {
      const [variant, control] = halves(given, QUANTILE.length);
      return differences(quantileArm(quantile, control), quantileArm(quantile, variant));
    },
  },
  'post-stratified': {
    asks: [
      ['hits', 'count'],
      ['of', 'count'],
      ['hits', 'count'],
      ['of', 'count'],
    ],
    repeats: true,
    fits: (given) =>
      given.length % 4 === 0 && areProportions(given) && proportionsOf(given).every(({ base }) => base > 1),
    figures: postStrata,
  },
};

/** The difference after the habit is taken off, and what that did to its variance. */
function withHabit(control: Arm, variant: Arm): Figure[] {
  const [after, plain] = [
    effectOf(control, variant, 'absolute'),
    effectOf(withoutBefore(control), withoutBefore(variant), 'absolute'),
  ];
  const isKnown = after.trouble === null && plain.trouble === null;
  return [
    ...differences(control, variant),
    ['slope', habitSlope(control, variant)],
    ['variance_kept', isKnown ? (after.error / plain.error) ** 2 : null],
  ];
}

function habitArm([
  mean = 0,
  deviation = 0,
  before = 0,
  spread = 0,
  correlation = 0,
  n = 0,
]: readonly number[]) {
  const products = (n - 1) * correlation * deviation * spread + n * mean * before;
  return adjustedArm(meanOf(mean, deviation, n), meanOf(before, spread, n), products);
}

function sumsArm([n = 0, above = 0, squares = 0, below = 0, others = 0, products = 0]: readonly number[]) {
  return ratioArm(n, {
    above: { sum: above, squares },
    below: { sum: below, squares: others },
    products,
  });
}

function quantileArm(
  quantile: number,
  [estimate = 0, low = 0, high = 0, events = 0]: readonly number[],
): QuantileArm {
  return { kind: 'quantile', n: events, asked: events, quantile, estimate, low, high };
}

function postStrata(given: readonly number[]): Figure[] {
  const arms = proportionsOf(given).map(proportionArm);
  const strata = arms.flatMap((variant, at) => {
    const control = arms[at + 1];
    return at % 2 === 0 && control !== undefined ? [[control, variant] as const] : [];
  });
  const pair = postStratified(strata);
  if (pair === null) return [];
  const [control, variant] = pair;
  return [['rate_1', levelOf(variant)], ['rate_2', levelOf(control)], ...differences(control, variant)];
}
