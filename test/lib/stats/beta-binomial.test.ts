import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commonRate, precisionOf, type Tried } from '#lib/stats/beta-binomial.ts';
import { battingCases } from '../../../src/cases/batting.ts';
import { referenceData } from '../../run/reference-data.ts';

const three: Tried[] = [
  { hits: 2, base: 2, expected: 0.25 },
  { hits: 0, base: 2, expected: 0.75 },
  { hits: 1, base: 2, expected: 0.5 },
];

/** Log-likelihood as a product over tries, one after another (Pólya's urn). */
function urn(people: readonly Tried[], precision: number): number {
  return people.reduce((sum, { hits, base, expected }) => {
    for (let j = 0; j < hits; j += 1) sum += Math.log(precision * expected + j);
    for (let j = 0; j < base - hits; j += 1) sum += Math.log(precision * (1 - expected) + j);
    for (let j = 0; j < base; j += 1) sum -= Math.log(precision + j);
    return sum;
  }, 0);
}

describe('how much alike people are', () => {
  test('is where the likelihood is highest: 0.8 in the case that is worked out in the cases of staff_comparison', () => {
    expect(precisionOf(three)).toBeCloseTo(0.8, 9);
  });

  test('lies higher than any point of a fine grid, for counts of every size', () => {
    const people = [
      { hits: 31, base: 80, expected: 0.5 },
      { hits: 260, base: 400, expected: 0.55 },
      { hits: 3, base: 5, expected: 0.4 },
      { hits: 700, base: 2000, expected: 0.45 },
    ];
    const best = urn(people, precisionOf(people));
    for (let ln = -5; ln < 14; ln += 0.01)
      expect(best).toBeGreaterThanOrEqual(urn(people, Math.exp(ln)) - 1e-9);
  });

  test('is endless where hits scatter less than by chance, where nobody can tell, and without anybody', () => {
    const alike = [40, 80, 120].map((base) => ({ hits: base / 2, base, expected: 0.5 }));
    expect(precisionOf(alike)).toBe(Infinity);
    expect(precisionOf([{ hits: 1, base: 1, expected: 0.5 }])).toBe(Infinity);
    expect(precisionOf([{ hits: 3, base: 9, expected: 0 }])).toBe(Infinity);
    expect(precisionOf([])).toBe(Infinity);
  });
});

describe('one rate for all', () => {
  test('is the plain beta-binomial: no pair of rate and precision near it is likelier', () => {
    const people = [
      { hits: 10, base: 40 },
      { hits: 30, base: 60 },
      { hits: 5, base: 9 },
      { hits: 90, base: 300 },
    ];
    const { expected, precision } = commonRate(people) ?? { expected: NaN, precision: NaN };
    const at = (rate: number, weight: number) =>
      urn(
        people.map((one) => ({ ...one, expected: rate })),
        weight,
      );
    for (const rate of [-0.01, -0.001, 0, 0.001, 0.01])
      for (const weight of [0.9, 0.99, 1, 1.01, 1.1])
        expect(at(expected, precision)).toBeGreaterThanOrEqual(
          at(expected + rate, precision * weight) - 1e-10,
        );
  });

  test('is that of all tries together where people do not differ, and where nobody or everybody succeeds', () => {
    expect(
      commonRate([
        { hits: 2, base: 4 },
        { hits: 3, base: 6 },
      ]),
    ).toEqual({ expected: 0.5, precision: Infinity });
    expect(commonRate([{ hits: 0, base: 4 }])).toEqual({ expected: 0, precision: Infinity });
    expect(commonRate([{ hits: 4, base: 4 }])).toEqual({ expected: 1, precision: Infinity });
    expect(commonRate([])).toBeNull();
  });

  const reference = referenceData(join(import.meta.dirname, '..', '..', '..'));
  test.runIf(reference.present)('of players’ hits is the published α and β', () => {
    const text = readFileSync(join(reference.folder, 'cases', 'eb_batting.csv'), 'utf8');
    expect(battingCases(text)).toEqual([
      { id: 'alpha', why: null },
      { id: 'beta', why: null },
    ]);
  });
});
