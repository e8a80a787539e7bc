import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barOf } from '#lib/charts/bar.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';

describe('marks of a rate axis', () => {
  test.each([
    [0.45, [0, 0.15, 0.3, 0.45]],
    [0.6, [0, 0.2, 0.4, 0.6]],
    [1, [0, 0.5, 1]],
    [0, [0, 0.01, 0.02]],
  ])('for rates up to %d are %j', (highest, ticks) => {
    expect(rateTicks(highest)).toEqual(ticks);
  });

  test('begin at 0, are evenly spaced and hold every rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (highest) => {
        const ticks = rateTicks(highest);
        const steps = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0));
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
        expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-9);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
      { seed: 7 },
    );
  });

  test('the extent of a list leaves out what is unknown', () => {
    expect(extent([null, 3, 1, null])).toEqual({ low: 1, high: 3 });
    expect(extent([null])).toBeNull();
  });
});

describe('the bar of a rate', () => {
  test('starts at 0 and ends at its share of the axis', () => {
    expect(barOf(0.3, null, 0.6, false)).toEqual({ length: 0.5, whisker: null, unfinished: false });
  });

  test('says when its interval reaches beyond the axis', () => {
    const bar = barOf(0.5, { low: 0.25, high: 0.9 }, 0.5, true);
    expect(bar).toEqual({ length: 1, whisker: { low: 0.5, high: 1, beyond: true }, unfinished: true });
  });

  test('is not there without a rate, and is empty at 0', () => {
    expect(barOf(null, null, 1, false)).toBeNull();
    expect(barOf(0, null, 1, false)?.length).toBe(0);
  });
});
