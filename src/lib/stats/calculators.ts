import { benjaminiHochberg, holm } from './adjusted-p.ts';
import { armCalculators } from './arm-calculators.ts';
import { proportionArm } from './arms.ts';
import { betaBelief } from './beta-arms.ts';
import { areProportions, differences, meanOf, proportionsOf } from './calculator.ts';
import type { Calculator, Figure } from './calculator.ts';
import { crowdCalculators } from './crowd-calculators.ts';
import { agrestiCoull, binomialTest, exactInterval } from './exact-proportion.ts';
import { sampleRatio } from './sample-ratio.ts';
import { detectableRise, unitsForMeans, unitsForRates } from './sample-size.ts';
import { newcombeInterval, newcombeP, wilsonInterval } from './significance.ts';
import type { Proportion } from './significance.ts';
import { boschlooTest, fisherTest } from './two-by-two.ts';

/** So many units in an arm and no more are compared by Boschloo's test too. */
const MOST_EXACT = 100;

const isInside = (share: number) => share > 0 && share < 1;
const sizes = ({ once, always }: { readonly once: number; readonly always: number }): Figure[] => [
  ['units_per_arm', Math.ceil(once)],
  ['always_units_per_arm', Math.ceil(always)],
];

/** The methods, the first arm less the second, by which pages and reports compare, for whoever has the figures only (`sevensteps stats`). */
export const calculators: Readonly<Record<string, Calculator>> = {
  'two-proportions': {
    asks: [
      ['hits', 'count'],
      ['of', 'count'],
      ['hits', 'count'],
      ['of', 'count'],
    ],
    repeats: false,
    fits: areProportions,
    figures: twoProportions,
  },
  'two-means': {
    asks: [
      ['mean', 'number'],
      ['standard-deviation', 'positive'],
      ['units', 'count'],
      ['mean', 'number'],
      ['standard-deviation', 'positive'],
      ['units', 'count'],
    ],
    repeats: false,
    fits: ([, , n = 0, , , m = 0]) => n > 1 && m > 1,
    figures: ([mean = 0, deviation = 0, n = 0, other = 0, spread = 0, m = 0]) =>
      differences(meanOf(other, spread, m), meanOf(mean, deviation, n)),
  },
  proportion: {
    asks: [
      ['hits', 'count'],
      ['of', 'count'],
    ],
    repeats: false,
    fits: areProportions,
    figures: (given) => proportionsOf(given).flatMap(oneProportion),
  },
  'binomial-test': {
    asks: [
      ['hits', 'count'],
      ['of', 'count'],
      ['rate', 'share'],
    ],
    repeats: false,
    fits: ([hits = 0, base = 0, rate = 0]) => base > 0 && hits <= base && rate > 0 && rate < 1,
    figures: ([hits = 0, base = 0, rate = 0]) => Object.entries(binomialTest({ hits, base }, rate)),
  },
  'sample-ratio': {
    asks: [
      ['units', 'count'],
      ['units', 'count'],
    ],
    repeats: true,
    fits: (given) => given.some((units) => units > 0),
    figures: (given) => {
      const { chiSquare, degrees, p } = sampleRatio(given.map((units) => ({ units, weight: 1 })));
      return [
        ['chi_square', chiSquare],
        ['degrees', degrees],
        ['p', p],
      ];
    },
  },
  'sample-size': {
    asks: [
      ['rate', 'share'],
      ['other-rate', 'share'],
      ['power', 'share'],
    ],
    repeats: false,
    fits: (given) => given[0] !== given[1] && given.every(isInside),
    figures: ([rate = 0, other = 0, power = 0]) => sizes(unitsForRates(rate, other, { power })),
  },
  'sample-size-means': {
    asks: [
      ['difference', 'number'],
      ['standard-deviation', 'positive'],
      ['power', 'share'],
    ],
    repeats: false,
    fits: ([difference = 0, , power = 0]) => difference !== 0 && isInside(power),
    figures: ([difference = 0, deviation = 0, power = 0]) =>
      sizes(unitsForMeans(difference, deviation, { power })),
  },
  'detectable-rise': {
    asks: [
      ['rate', 'share'],
      ['units-per-arm', 'count'],
      ['power', 'share'],
    ],
    repeats: false,
    fits: ([rate = 0, units = 0, power = 0]) => isInside(rate) && units > 0 && isInside(power),
    figures: ([rate = 0, units = 0, power = 0]) => {
      const { once, always } = detectableRise(rate, units, { power });
      return [
        ['rise', once],
        ['always_rise', always],
      ];
    },
  },
  'adjusted-p': {
    asks: [['p', 'share']],
    repeats: true,
    fits: () => true,
    figures: (given) => [
      ...holm(given).map((p, at): Figure => [`holm_${at + 1}`, p]),
      ...benjaminiHochberg(given).map((p, at): Figure => [`false_discovery_${at + 1}`, p]),
    ],
  },
  ...armCalculators,
  ...crowdCalculators,
};

function twoProportions(given: readonly number[]): Figure[] {
  const [a, b] = proportionsOf(given);
  if (a === undefined || b === undefined) return [];
  const newcombe = newcombeInterval(b, a);
  const fisher = fisherTest(a, b);
  const boschloo = Math.max(a.base, b.base) <= MOST_EXACT ? boschlooTest(a, b) : null;
  const belief = betaBelief(b, a);
  return [
    ['rate_1', a.hits / a.base],
    ['rate_2', b.hits / b.base],
    ...differences(proportionArm(b), proportionArm(a)),
    ['newcombe_low', newcombe.low],
    ['newcombe_high', newcombe.high],
    ['newcombe_p', newcombeP(a, b)],
    ['fisher_p', fisher.p],
    ['boschloo_p', boschloo?.p ?? null],
    ['beta_chance_to_win', belief.chance],
    ['beta_loss_if_taken', belief.lossIfTaken],
    ['beta_loss_if_left', belief.lossIfLeft],
  ];
}

function oneProportion(one: Proportion): Figure[] {
  const [wilson, exact, agresti] = [wilsonInterval(one), exactInterval(one), agrestiCoull(one)];
  return [
    ['rate', one.hits / one.base],
    ['wilson_low', wilson.low],
    ['wilson_high', wilson.high],
    ['exact_low', exact.low],
    ['exact_high', exact.high],
    ['agresti_coull_low', agresti.low],
    ['agresti_coull_high', agresti.high],
  ];
}
