import { commonRate } from './beta-binomial.ts';
import { alive, expectedOfNew, expectedTransactions } from './bg-nbd.ts';
import { areProportions, proportionsOf } from './calculator.ts';
import type { Calculator, Figure } from './calculator.ts';
import { chiSquareTail } from './chi-square.ts';
import { expectedValue } from './gamma-gamma.ts';
import { ratioInterval } from './poisson-bootstrap.ts';
import { posteriorOf, quantileOf } from './posterior.ts';
import { precisionsOf } from './precisions.ts';
import { rankIntervals } from './ranks.ts';
import { pOfZ, upperQuantile } from './significance.ts';
import { weeklyStep } from './weekly-step.ts';

const [TAIL, NEARLY_ALL] = [0.025, 0.0005];

/** Methods for several people, clients or weeks at once, and the distributions that tests look up. */
export const crowdCalculators: Readonly<Record<string, Calculator>> = {
  'fair-rates': {
    asks: [
      ['hits', 'count'],
      ['of', 'count'],
      ['hits', 'count'],
      ['of', 'count'],
    ],
    repeats: true,
    fits: (given) => given.length % 2 === 0 && areProportions(given),
    figures: fairRates,
  },
  'ratio-interval': {
    asks: [
      ['above', 'number'],
      ['below', 'number'],
    ],
    repeats: true,
    fits: (given) =>
      given.length % 2 === 0 && given.length > 2 && given.every((value, at) => at % 2 === 0 || value > 0),
    figures: (given) => {
      const people = Array.from({ length: given.length / 2 }, (_, at) => ({
        people: 1,
        above: given[2 * at] ?? 0,
        below: given[2 * at + 1] ?? 0,
      }));
      const found = ratioInterval(people);
      const sum = (of: 'above' | 'below') => people.reduce((all, one) => all + one[of], 0);
      return [
        ['ratio', sum('above') / sum('below')],
        ['low', found?.low ?? null],
        ['high', found?.high ?? null],
      ];
    },
  },
  'weekly-step': {
    asks: [
      ['weeks-before', 'count'],
      ['value', 'number'],
    ],
    repeats: true,
    fits: ([before = 0, ...values]) => before > 1 && values.length >= before + 2,
    figures: ([before = 0, ...values]) => stepOf(values.slice(0, before), values.slice(before)),
  },
  'bg-nbd': {
    asks: [
      ['r', 'positive'],
      ['alpha', 'positive'],
      ['a', 'positive'],
      ['b', 'positive'],
      ['repeats', 'count'],
      ['recency', 'number'],
      ['age', 'number'],
      ['time', 'positive'],
    ],
    repeats: false,
    fits: ([, , , , x = 0, recency = 0, age = 0]) =>
      recency >= 0 && recency <= age && (x > 0 || recency === 0),
    figures: ([r = 0, alpha = 0, a = 0, b = 0, x = 0, recency = 0, age = 0, time = 0]) => {
      const model = { r, alpha, a, b };
      const history = { x, recency, age };
      return [
        ['alive', alive(model, history)],
        ['expected', expectedTransactions(model, history, time)],
        ['expected_of_new', expectedOfNew(model, time)],
      ];
    },
  },
  'gamma-gamma': {
    asks: [
      ['p', 'positive'],
      ['q', 'positive'],
      ['v', 'positive'],
      ['transactions', 'count'],
      ['mean', 'number'],
    ],
    repeats: false,
    fits: ([, , , , mean = 0]) => mean >= 0,
    figures: ([p = 0, q = 0, v = 0, x = 0, mean = 0]) => [
      ['expected_value', expectedValue({ p, q, v }, x, mean)],
    ],
  },
  'chi-square': {
    asks: [
      ['chi-square', 'number'],
      ['degrees', 'count'],
    ],
    repeats: false,
    fits: ([, degrees = 0]) => degrees > 0 && degrees <= 10_000,
    figures: ([x = 0, degrees = 0]) => [['p', chiSquareTail(x, degrees)]],
  },
  't-distribution': {
    asks: [
      ['t', 'number'],
      ['degrees', 'positive'],
    ],
    repeats: false,
    fits: () => true,
    figures: ([t = 0, degrees = 0]) => [['p', pOfZ(t, degrees)]],
  },
};

/** Each one's rate drawn to that of all, with its 95 % posterior interval and the places that it may hold, as staff are compared. */
function fairRates(given: readonly number[]): Figure[] {
  const tries = proportionsOf(given);
  const common = commonRate(tries);
  if (common === null) return [];
  const people = tries.map((one) => ({ ...one, expected: common.expected }));
  const precisions = precisionsOf(people);
  const posteriors = people.map((one) => posteriorOf(one, precisions));
  const places = rankIntervals(
    posteriors.map((below) => ({
      below,
      low: quantileOf(below, NEARLY_ALL),
      high: quantileOf(below, 1 - NEARLY_ALL),
    })),
  );
  return [
    ['rate', common.expected],
    ['precision', Number.isFinite(common.precision) ? common.precision : null],
    ...posteriors.flatMap((posterior, at): Figure[] => [
      [`low_${at + 1}`, quantileOf(posterior, TAIL)],
      [`middle_${at + 1}`, quantileOf(posterior, 0.5)],
      [`high_${at + 1}`, quantileOf(posterior, 1 - TAIL)],
      [`first_place_${at + 1}`, places[at]?.low ?? null],
      [`last_place_${at + 1}`, places[at]?.high ?? null],
    ]),
  ];
}

function stepOf(before: readonly number[], after: readonly number[]): Figure[] {
  const { effect, error, df } = weeklyStep(before, after);
  const reach = upperQuantile(TAIL, df) * error;
  return [
    ['effect', effect],
    ['standard_error', error],
    ['low', effect - reach],
    ['high', effect + reach],
    ['p', error > 0 ? pOfZ(effect / error, df) : null],
  ];
}
