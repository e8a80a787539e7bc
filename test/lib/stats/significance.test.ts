import { describe, expect, test } from 'vitest';
import { discoveries, newcombeP, pOfZ, upperQuantile } from '#lib/stats/significance.ts';

describe('p values', () => {
  test.each([
    // z, degrees of freedom, two-sided p: printed tables of the normal and of Student's t
    [0, null, 1],
    [1.6448536269514722, null, 0.1],
    [1.959963984540054, null, 0.05],
    [-2.5758293035489004, null, 0.01],
    [12.7062047361747, 1, 0.05],
    [2.109815577833317, 17, 0.05],
    [2.898230519677417, 17, 0.01],
    [1.6972608865939574, 30, 0.1],
  ])('z = %f with %s degrees of freedom has the tabled tail', (z, df, p) => {
    expect(pOfZ(z, df)).toBeCloseTo(p, 10);
  });

  test.each([
    [null, 1.959963984540054],
    [1, 12.7062047361747],
    [17, 2.109815577833317],
    [100, 1.983971518523552],
  ])('the 95 % quantile with %s degrees of freedom is the tabled one', (df, quantile) => {
    expect(upperQuantile(0.025, df)).toBeCloseTo(quantile, 8);
  });
});

describe('the p value of two proportions', () => {
  /** Newcombe's interval of a difference at z, written out once more. */
  function interval(a: [number, number], b: [number, number], z: number) {
    const wilson = ([k, n]: [number, number]) => {
      const half = (z * Math.sqrt((k * (n - k)) / n + (z * z) / 4)) / (n + z * z);
      const centre = (k + (z * z) / 2) / (n + z * z);
      return { low: centre - half, high: centre + half };
    };
    const [p, q] = [a[0] / a[1], b[0] / b[1]];
    const [x, y] = [wilson(a), wilson(b)];
    return {
      low: p - q - Math.hypot(p - x.low, y.high - q),
      high: p - q + Math.hypot(x.high - p, q - y.low),
    };
  }

  test.each([
    [
      [56, 70],
      [48, 80],
    ],
    [
      [9, 10],
      [3, 10],
    ],
    [
      [7, 34],
      [1, 34],
    ],
    [
      [30, 30],
      [25, 30],
    ],
    [
      [0, 40],
      [6, 50],
    ],
    [
      [120, 300],
      [118, 301],
    ],
  ] as [[number, number], [number, number]][])(
    '%s against %s: the interval of that level touches 0',
    (a, b) => {
      const p = newcombeP({ hits: a[0], base: a[1] }, { hits: b[0], base: b[1] });
      let [low, high] = [0, 50];
      for (let step = 0; step < 200; step += 1) {
        const z = (low + high) / 2;
        if (pOfZ(z, null) > p) low = z;
        else high = z;
      }
      const found = interval(a, b, low);
      expect(Math.min(Math.abs(found.low), Math.abs(found.high))).toBeLessThan(1e-6);
      expect(p).toBeCloseTo(newcombeP({ hits: b[0], base: b[1] }, { hits: a[0], base: a[1] }), 12);
    },
  );

  test('it is below 5 % exactly where the 95 % interval leaves out 0', () => {
    for (let hits = 0; hits <= 20; hits += 1)
      for (let other = 0; other <= 25; other += 1) {
        const p = newcombeP({ hits, base: 20 }, { hits: other, base: 25 });
        const { low, high } = interval([hits, 20], [other, 25], 1.959963984540054);
        expect(p < 0.05, `${hits}/20 and ${other}/25`).toBe(low > 0 || high < 0);
      }
  });

  test('equal proportions are no difference at all', () => {
    expect(newcombeP({ hits: 5, base: 10 }, { hits: 50, base: 100 })).toBe(1);
  });
});

describe('discoveries', () => {
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];

  test('of the fifteen p values in the paper of 1995 four are found at 5 %', () => {
    expect(discoveries(published, 0.05)).toEqual(published.map((_, place) => place < 4));
  });

  test('they come back in the order of the question', () => {
    const shuffled = [0.759, 0.0001, 0.0344, 0.0095, 1];
    expect(discoveries(shuffled, 0.05)).toEqual([false, true, false, true, false]);
  });

  test('a later p value below its line takes the earlier ones with it', () => {
    expect(discoveries([0.04, 0.045, 0.048], 0.05)).toEqual([true, true, true]);
    expect(discoveries([], 0.05)).toEqual([]);
  });
});
