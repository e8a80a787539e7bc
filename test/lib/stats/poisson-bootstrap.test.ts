import { expect, test } from 'vitest';
import { ratioInterval } from '#lib/stats/poisson-bootstrap.ts';
import { returnIntervals } from '#lib/stats/return-intervals.ts';

test('the interval of a mean is that of large samples: mean ± 1.96 standard errors', () => {
  const groups = [
    { people: 3000, above: 0, below: 1 },
    { people: 700, above: 1, below: 1 },
    { people: 300, above: 2, below: 1 },
  ];
  const mean = 1300 / 4000;
  const error = Math.sqrt((700 + 4 * 300) / 4000 - mean ** 2) / Math.sqrt(4000);
  const interval = ratioInterval(groups);
  expect(interval?.low).toBeCloseTo(mean - 1.96 * error, 2);
  expect(interval?.high).toBeCloseTo(mean + 1.96 * error, 2);
});

test('people who are told one by one give the same interval as the same people told together, but for chance', () => {
  const alone = Array.from({ length: 400 }, (_, at) => ({ people: 1, above: at % 4, below: 2 }));
  const together = [0, 1, 2, 3].map((above) => ({ people: 100, above, below: 2 }));
  const [one, other] = [ratioInterval(alone), ratioInterval(together)];
  expect(one?.low).toBeCloseTo(other?.low ?? 0, 1);
  expect(one?.high).toBeCloseTo(other?.high ?? 0, 1);
});

test('the same people always have the same interval', () => {
  const groups = [
    { people: 9, above: 1, below: 3 },
    { people: 5, above: 7, below: 2 },
  ];
  expect(ratioInterval(groups)).toEqual(ratioInterval(groups));
});

test('95 % of samples have the mean of all within their interval, give or take', () => {
  let state = 7;
  const next = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const samples = Array.from({ length: 200 }, () => {
    const brought = Array.from({ length: 300 }, () => (next() < 0.2 ? (next() < 0.3 ? 3 : 1) : 0));
    return ratioInterval(
      [0, 1, 3].map((above) => ({
        people: brought.filter((one) => one === above).length,
        above,
        below: 1,
      })),
    );
  });
  const truth = 0.2 * (0.3 * 3 + 0.7);
  const within = samples.filter((one) => one && one.low <= truth && truth <= one.high).length;
  expect(within / samples.length).toBeGreaterThan(0.9);
  expect(within / samples.length).toBeLessThan(0.99);
});

test('nobody says what varies of one person, or where nothing stands below', () => {
  expect(ratioInterval([{ people: 1, above: 3, below: 1 }])).toBeNull();
  expect(ratioInterval([{ people: 50, above: 3, below: 0 }])).toBeNull();
});

test('returns are those of both scopes, each with the interval of its own referrers', () => {
  const row = (scope: string, referrers: number, gain: string, cost: string) => ({
    scope,
    referrers,
    gain,
    cost,
    return_low: null,
    return_high: null,
  });
  const rows = returnIntervals([
    row('first', 200, '300.00', '100.00'),
    row('first_referrers', 100, '3.00', '0.50'),
    row('first_referrers', 100, '0.00', '0.50'),
    row('whole', 1, '9.00', '3.00'),
    row('whole_referrers', 1, '9.00', '3.00'),
  ]);
  expect(rows.map(({ scope }) => scope)).toEqual(['first', 'whole']);
  expect(rows[0]?.return_low).toBeLessThan(3);
  expect(rows[0]?.return_high).toBeGreaterThan(3);
  expect(rows[1]?.return_low).toBeNull();
});
