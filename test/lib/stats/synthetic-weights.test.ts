import { describe, expect, it } from 'vitest';
import { syntheticWeights } from '#lib/stats/synthetic-weights.ts';
import { normal, stream } from '../../../data/sample/generator/random.ts';

const random = stream(7, 'weights');
const series = (weeks: number) => Array.from({ length: weeks }, () => normal(random));

describe('weights of a synthetic control', () => {
  it('find again the weights of which a series was made', () => {
    const donors = [series(30), series(30), series(30), series(30)];
    const made = [0.5, 0, 0.2, 0.3];
    const target = Array.from({ length: 30 }, (_, week) =>
      made.reduce((sum, weight, at) => sum + weight * (donors[at]?.[week] ?? 0), 0),
    );
    for (const [at, weight] of syntheticWeights(target, donors).entries())
      expect(weight).toBeCloseTo(made[at] ?? NaN, 6);
  });

  it('are never negative, 1 together, and no equal change between two of them comes nearer', () => {
    for (let round = 0; round < 50; round += 1) {
      const donors = [series(12), series(12), series(12)];
      const target = series(12);
      const found = syntheticWeights(target, donors);
      const distance = (weights: readonly number[]) =>
        target.reduce((sum, value, week) => {
          const other = weights.reduce((all, weight, at) => all + weight * (donors[at]?.[week] ?? 0), 0);
          return sum + (value - other) ** 2;
        }, 0);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      expect(found.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      for (const from of [0, 1, 2])
        for (const to of [0, 1, 2]) {
          const shift = Math.min(1e-3, found[from] ?? 0);
          const moved = found.map(
            (weight, at) => weight - (at === from ? shift : 0) + (at === to ? shift : 0),
          );
          expect(distance(moved)).toBeGreaterThanOrEqual(distance(found) - 1e-9);
        }
    }
  });

  it('are equal where the donors never differ from 0', () => {
    expect(
      syntheticWeights(
        [1, 2, 3],
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ),
    ).toEqual([0.5, 0.5]);
  });
});
