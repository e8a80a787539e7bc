import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calculators } from '#lib/stats/calculators.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'lib', 'stats');
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const isCalculator = (name: string) => name.endsWith('calculators.ts') || name === 'calculator.ts';

/** Why a statistic of src/lib/stats is not asked for by numbers on a line. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'Completes the rows of a report; `sevensteps report` gives what it says.': [
    'attachVerdicts',
    'beforeVerdicts',
    'campaignProfits',
    'chainCredits',
    'changeEffects',
    'changeVerdicts',
    'clientsWorth',
    'drift',
    'driverVerdicts',
    'experimentResults',
    'fairComparison',
    'fairValues',
    'laterOrders',
    'logRank',
    'meanIntervals',
    'ownAge',
    'reproductionIntervals',
    'returnIntervals',
    'segmentVerdicts',
    'trackedRepeats',
    'valueFits',
    'verdicts',
    'detectableDrop',
    'calledTogether',
    'verdictOf',
  ],
  'Reads the columns that a report feeds.': [
    'changePanel',
    'comparedArms',
    'experimentArms',
    'fitOfBacks',
    'fitOfSpendings',
    'valueModels',
    'comparedWeeks',
    'weeklyGaps',
    'placesOf',
  ],
  'Takes paths, histories or series as long as the data; the reports attribution, campaigns, customer_value_fit and change_effect ask it.':
    [
      'shrunkenMeans',
      'shrunkenRates',
      'markovCredits',
      'shapleyCredits',
      'channelsOf',
      'fitBgNbd',
      'fitGammaGamma',
      'bgNbdLogLikelihood',
      'gammaGammaLogLikelihood',
      'syntheticWeights',
    ],
  'A step of other statistics, which give its figure where it means something.': [
    'allotted',
    'bgNbdOf',
    'bilinear',
    'chanceFrom',
    'covarianceOf',
    'discoveries',
    'dot',
    'gammaNumber',
    'inverse',
    'likeliest',
    'lowerTail',
    'mean',
    'meansOf',
    'newcombeZ',
    'precisionOf',
    'quantileVariance',
    'root',
    'shiftToNotice',
    'slopesOf',
    'solved',
    'together',
    'truly',
    'untested',
    'gammaGammaOf',
    'weighed',
    'withReach',
  ],
};

describe('the calculators', () => {
  const asked = files
    .filter(({ name }) => isCalculator(name))
    .flatMap(({ text }) => [...text.matchAll(/import \{([^}]*)\}/g)])
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()));
  const statistics = files
    .filter(({ name }) => !isCalculator(name))
    .flatMap(({ text }) => [...text.matchAll(/^export (?:function|const) (\w+)\W*(?:<|=?\s*\()/gm)])
    .map(([, name = '']) => name);
  const excused = Object.values(reasons).flat();

  it('ask every public statistic, or there is a reason why not', () => {
    expect(statistics.length).toBeGreaterThan(80);
    expect(statistics.filter((name) => !asked.includes(name) && !excused.includes(name))).toEqual([]);
  });

  it('leave no reason for what is asked or gone', () => {
    expect(excused.filter((name) => asked.includes(name) || !statistics.includes(name))).toEqual([]);
  });

  const figuresOf = (name: string, ...given: number[]) =>
    Object.fromEntries(calculators[name]?.figures(given) ?? []);

  it('take the habit off means: of the variance 1 − ρ² is kept', () => {
    const found = figuresOf('two-means-with-habit', 10, 2, 8, 3, 0.6, 5000, 9, 2, 8, 3, 0.6, 5000);
    expect(found['difference']).toBeCloseTo(1, 12);
    expect(found['slope']).toBeCloseTo(0.6 * (2 / 3), 1);
    expect(found['variance_kept']).toBeCloseTo(1 - 0.6 ** 2, 2);
  });

  it('compare ratios of units that all have 1 below as they compare means', () => {
    const ratio = figuresOf('two-ratios', 4, 10, 30, 4, 4, 10, 5, 5, 11, 5, 5, 5);
    const mean = figuresOf('two-means', 2.5, Math.sqrt(5 / 3), 4, 1, Math.sqrt(1.5), 5);
    expect(ratio['ratio_1']).toBe(2.5);
    for (const name of ['difference', 'standard_error', 'low', 'high'])
      expect(ratio[name]).toBeCloseTo(mean[name] ?? NaN, 12);
  });

  it('compare a stratum alone as two proportions, and find no difference that the strata make', () => {
    const alone = figuresOf('post-stratified', 56, 70, 48, 80);
    expect(alone['difference']).toBeCloseTo(0.2, 12);
    const mixed = figuresOf('post-stratified', 80, 100, 8, 10, 1, 10, 10, 100);
    expect(mixed['difference']).toBeCloseTo(0, 12);
  });

  it('compare medians by their intervals: a quarter of the widths, by 1.96, are the standard errors', () => {
    const found = figuresOf('two-quantiles', 0.5, 12, 11, 13, 10_001, 10, 9, 11, 10_001);
    expect(found['difference']).toBeCloseTo(2, 12);
    expect(found['standard_error']).toBeCloseTo(Math.sqrt(2) / 1.959964, 3);
  });

  it('draw the rates of few tries to that of all, and keep their places open', () => {
    const found = figuresOf('fair-rates', 9, 10, 40, 100, 38, 100, 45, 100, 2, 10);
    expect(found['middle_1']).toBeGreaterThan(found['rate'] ?? NaN);
    expect(found['middle_1']).toBeLessThan(0.9);
    expect(found['last_place_5']).toBe(5);
    expect(found['first_place_2']).toBeLessThan(found['last_place_2'] ?? NaN);
  });

  it('know the tails of χ² and t as tables print them', () => {
    expect(figuresOf('chi-square', 7.815, 3)['p']).toBeCloseTo(0.05, 4);
    expect(figuresOf('t-distribution', -2.228, 10)['p']).toBeCloseTo(0.05, 4);
  });

  it('foretell Fader, Hardie & Lee’s client of 39 weeks: 1.226 transactions', () => {
    const found = figuresOf('bg-nbd', 0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39);
    expect(found['expected']).toBeCloseTo(1.226, 2);
  });

  it('expect of a client nothing else than of all before anything is known', () => {
    expect(figuresOf('gamma-gamma', 6.25, 3.74, 15.44, 0, 0)['expected_value']).toBeCloseTo(
      (6.25 * 15.44) / 2.74,
      12,
    );
  });

  it('step by what the means differ, and hold a ratio of sums between two ends', () => {
    expect(figuresOf('weekly-step', 4, 1, 3, 1, 3, 5, 7, 5, 7)['effect']).toBeCloseTo(4, 12);
    const people = Array.from({ length: 40 }, (_, at) => [at % 2, 1]).flat();
    const { ratio, low, high } = figuresOf('ratio-interval', ...people);
    expect(ratio).toBe(0.5);
    expect(low).toBeGreaterThan(0.3);
    expect(high).toBeLessThan(0.7);
  });
});
