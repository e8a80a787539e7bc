import { describe, expect, test } from 'vitest';
import { fairComparison, type Compared } from '#lib/stats/fair-comparison.ts';
import { expectTwoAlike, unfilled } from './people.ts';

const empty = {
  ...unfilled,
  open: true,
  anonymous: false,
  precision: null,
  raw_difference: null,
  shrunken_low: null,
  shrunken_high: null,
  colleagues: 0,
  colleagues_low: null,
  colleagues_middle: null,
  colleagues_high: null,
};
const person = (
  hits: number,
  base: number,
  expected: number | null,
  more: Partial<Compared> = {},
): Compared => ({
  ...empty,
  hits,
  base,
  expected,
  ...more,
});
const compare = (rows: Compared[], against = 'mix', figure = 'visit_orders') =>
  fairComparison(rows, { against, figure });

describe('the fair comparison', () => {
  test('ranks whom it tells apart, gives others the places they may hold, and counts of whom one cannot be told apart', () => {
    expectTwoAlike(
      compare([
        person(900, 1000, 0.5),
        person(510, 1000, 0.5),
        person(500, 1000, 0.5),
        person(100, 1000, 0.5),
      ]),
    );
  });

  test('ranks by what people add to their mix, not by a rate that an easy mix gives', () => {
    const rows = compare([person(800, 1000, 0.9), person(400, 1000, 0.2)]);
    expect(rows.map(({ rank }) => rank)).toEqual([2, 1]);
  });

  test('gives no place to whoever stands alone', () => {
    expect(compare([person(900, 1000, 0.5)])[0]).toMatchObject({ rank: null, rank_low: 1, alike: 0 });
  });

  test('puts first who has the fewest orders called off', () => {
    const rows = compare([person(900, 1000, 0.5), person(100, 1000, 0.5)], 'mix', 'cancellations');
    expect(rows.map(({ rank, verdict }) => [rank, verdict])).toEqual([
      [2, 'above'],
      [1, 'below'],
    ]);
  });

  test('draws few tries closer to what is expected than many, and never past the raw rate', () => {
    const rows = compare([
      person(12, 20, 0.4),
      person(600, 1000, 0.4),
      person(300, 1000, 0.5),
      person(200, 1000, 0.5),
    ]);
    const [few = NaN, many = NaN] = rows.map(({ shrunken }) => shrunken ?? NaN);
    expect(few).toBeGreaterThan(0.4);
    expect(few).toBeLessThan(many);
    expect(many).toBeLessThan(0.6);
  });

  test('keeps an interval of some width where people do not differ more than by chance', () => {
    const rows = compare([person(50, 100, 0.5), person(51, 100, 0.5), person(49, 100, 0.5)]);
    expect(rows.map(({ precision, shrunken }) => [precision, shrunken])).toEqual([
      [null, 0.5],
      [null, 0.5],
      [null, 0.5],
    ]);
    for (const { shrunken_low: low, shrunken_high: high } of rows) {
      expect(low).toBeGreaterThan(0.4);
      expect(low).toBeLessThan(0.48);
      expect(high).toBeGreaterThan(0.52);
      expect(high).toBeLessThan(0.6);
    }
  });

  test('says too early, not separable or nobody else, and ranks nobody of these', () => {
    const rows = compare([
      person(3, 19, 0.5),
      person(30, 60, 0.5, { fallback_base: 31 }),
      person(30, 60, 0.5, { fallback_base: 30 }),
      person(30, 60, null),
    ]);
    expect(rows.map(({ verdict, rank_low, ranked }) => [verdict, rank_low, ranked])).toEqual([
      ['too_early', null, 1],
      ['not_separable', null, 1],
      ['as_expected', 1, 1],
      ['nobody_else', null, 1],
    ]);
  });

  test('shows colleagues as quartiles from five on, never one’s own place among them', () => {
    const rates = [0.3, 0.4, 0.5, 0.6, 0.7, 0.99];
    const rows = rates.map((rate, at) => person(rate * 1e6, 1e6, 0.5, { asked: at === 5 }));
    const [own, ...others] = compare(rows);
    expect(others).toEqual([]);
    expect(own?.colleagues).toBe(5);
    for (const [found, wanted] of [
      [own?.colleagues_low, -0.1],
      [own?.colleagues_middle, 0],
      [own?.colleagues_high, 0.1],
    ])
      expect(found).toBeCloseTo(wanted ?? NaN, 4);
    expect(compare(rows.slice(1))[0]).toMatchObject({ colleagues: 4, colleagues_middle: null });
  });

  test('gives back a row that is not open as it came, and tells an anonymous one no place', () => {
    const closed = person(900, 1000, null, { open: false, verdict: 'too_few_people' });
    const [own, anonymous, other] = compare([
      closed,
      person(900, 1000, 0.5, { anonymous: true }),
      person(100, 1000, 0.5),
    ]);
    expect(own).toEqual(closed);
    expect(anonymous).toMatchObject({
      verdict: 'above',
      rank: null,
      rank_low: null,
      alike: null,
      colleagues: 1,
    });
    expect(other).toMatchObject({ rank: 2, ranked: 2 });
  });

  test('counts as colleagues also those who cannot be told from their store, and nobody who has too few tries', () => {
    const [own] = compare([
      person(500, 1000, 0.5),
      person(30, 60, 0.5, { fallback_base: 60 }),
      person(3, 19, 0.5),
    ]);
    expect(own?.colleagues).toBe(1);
  });

  test('against all expects one fitted rate of everybody, whatever their mix', () => {
    const rows = compare([person(10, 40, 0.9), person(30, 60, 0.1), person(90, 300, null)], 'all');
    expect(new Set(rows.map(({ expected }) => expected)).size).toBe(1);
    expect(rows[0]?.expected).toBeGreaterThan(0.25);
    expect(rows[0]?.expected).toBeLessThan(0.5);
  });

  test('has an answer where nothing ever or always succeeds, and for nobody at all', () => {
    expect(compare([])).toEqual([]);
    expect(compare([person(0, 40, 0), person(0, 50, 0)])).toMatchObject([
      { shrunken: 0, shrunken_high: expect.closeTo(0, 6), verdict: 'too_early' },
      { shrunken: 0, shrunken_high: expect.closeTo(0, 6), verdict: 'too_early' },
    ]);
    expect(compare([person(40, 40, 1), person(50, 50, 1)], 'all')).toMatchObject([
      { shrunken: 1, shrunken_low: expect.closeTo(1, 6) },
      { shrunken: 1, shrunken_low: expect.closeTo(1, 6) },
    ]);
    expect(compare([person(40, 40, 0.5), person(0, 40, 0.5)])).toMatchObject([
      { rank: 1, verdict: 'above' },
      { rank: 2, verdict: 'below' },
    ]);
  });
});
