import Papa from 'papaparse';
import { commonRate } from '#lib/stats/beta-binomial.ts';
import { outcomeOf } from './case.ts';
import type { Outcome } from './case.ts';

/** Players with fewer at-bats were left out of the published fit. */
const MORE_THAN = 500;

/**
 * Career hits and at-bats of baseball players (columns H and AB): one rate for all and how much alike they are, as
 * staff_comparison fits it against `all`, gives the published α and β (Robinson 2017, Introduction to Empirical Bayes,
 * chapter 3, with more digits in the README beside the file).
 */
export function battingCases(text: string): Outcome[] {
  const { data } = Papa.parse<Record<string, string>>(text.trim(), { header: true });
  const players = data
    .map(({ H, AB }) => ({ hits: Number(H), base: Number(AB) }))
    .filter(({ base }) => base > MORE_THAN);
  const { expected, precision } = commonRate(players) ?? { expected: NaN, precision: NaN };
  return [
    outcomeOf('alpha', precision * expected, '101.359'),
    outcomeOf('beta', precision * (1 - expected), '287.317'),
  ];
}
