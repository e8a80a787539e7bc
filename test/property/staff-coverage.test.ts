import { describe, expect, test } from 'vitest';
import { fairComparison, type Compared } from '#lib/stats/fair-comparison.ts';
import { between, happens, normal, stream, type Random } from '../../data/sample/generator/random.ts';
import { isSoak } from './runs.ts';

/** A gamma number of this shape (Marsaglia & Tsang 2000, ACM TOMS 26:363). */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random.next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(random: Random, a: number, b: number): number {
  const first = gamma(random, a);
  return first / (first + gamma(random, b));
}

type House = { people: number; tries: number; precision: number };

/** A house of people with true rates around what is expected of them, and what the comparison says of them. */
function drawn(random: Random, { people, tries, precision }: House): { truth: number; row: Compared }[] {
  const truths: number[] = [];
  const rows = Array.from({ length: people }, (_, at) => {
    const expected = 0.25 + (0.4 * at) / people;
    const truth = beta(random, precision * expected, precision * (1 - expected));
    const base = between(random, tries / 2, (tries * 3) / 2);
    const hits = Array.from({ length: base }, () => happens(random, truth)).filter(Boolean).length;
    truths.push(truth);
    return { asked: true, open: true, hits, base, expected, fallback_base: 0 } as Compared;
  });
  return fairComparison(rows, { against: 'mix', figure: 'visit_orders' }).map((row, at) => ({
    truth: truths[at] ?? NaN,
    row,
  }));
}

const HOUSES = isSoak ? 600 : 12;

/** Share of true rates that lie in their interval, and of true places that lie in theirs. */
function coverage(house: House): { rates: number; places: number; certain: number; wrong: number } {
  const random = stream(5, JSON.stringify(house));
  const all = Array.from({ length: HOUSES }, () => drawn(random, house));
  const seen = all.flatMap((people) => {
    const order = people
      .filter(({ row }) => row.rank_low !== null)
      .toSorted((a, b) => b.truth - (b.row.expected ?? 0) - (a.truth - (a.row.expected ?? 0)));
    return people.map((one) => ({ ...one, place: order.indexOf(one) + 1 }));
  });
  const ranked = seen.filter(({ row }) => row.rank_low !== null);
  const sure = ranked.filter(({ row }) => row.rank !== null);
  return {
    rates:
      seen.filter(({ truth, row }) => truth >= (row.shrunken_low ?? 1) && truth <= (row.shrunken_high ?? 0))
        .length / seen.length,
    places:
      ranked.filter(({ place, row }) => place >= (row.rank_low ?? 0) && place <= (row.rank_high ?? 0))
        .length / ranked.length,
    certain: sure.length,
    wrong: sure.filter(({ place, row }) => place !== row.rank).length,
  };
}

const houses: House[] = [
  { people: 5, tries: 60, precision: 100 },
  { people: 12, tries: 60, precision: 100 },
  { people: 12, tries: 60, precision: 100_000 },
  { people: 12, tries: 200, precision: 100 },
  { people: 12, tries: 600, precision: 30 },
  { people: 40, tries: 100, precision: 100 },
];

describe('of people drawn from a house whose truth is known', () => {
  test.each(houses)(
    '$people with about $tries tries, as much alike as $precision tries make them: intervals hold the true rate and place, and certain ranks are right',
    (house) => {
      const { rates, places, certain, wrong } = coverage(house);
      if (isSoak) console.info(JSON.stringify(house), { rates, places, certain, wrong });
      expect(rates).toBeGreaterThan(0.89);
      expect(places).toBeGreaterThan(0.89);
      expect(wrong).toBeLessThanOrEqual(Math.ceil(certain * 0.1));
    },
  );
});
