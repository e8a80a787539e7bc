import { expect, test } from 'vitest';
import { journeysOf } from '../../data/sample/generator/journeys.ts';
import { sampleParameters } from '../../data/sample/generator/parameters.ts';
import { isSoak } from './runs.ts';

const STUDIOS = isSoak ? 30 : 2;
const MINUTES = 1440;
/** From here on a week is four weeks old: so many days after its Monday. */
const GROWN = 7 + 28;

type Week = { leads: number; further: number; mean: number };
type Waiting = { week: Week; standing: string; orders: boolean };

/** The weeks of studios drawn like the sample, four weeks old, and everybody of them who has not ordered by then. */
function grownWeeks(): { weeks: Week[]; waiting: Waiting[] } {
  const weeks: Week[] = [];
  const waiting: Waiting[] = [];
  for (let seed = 1; seed <= STUDIOS; seed++) {
    const own = new Map<number, Week>();
    for (const { week: monday, created, visited, ordered } of journeysOf(sampleParameters, seed)) {
      const week = own.get(monday) ?? { leads: 0, further: 0, mean: 0 };
      own.set(monday, week);
      week.leads += 1;
      const now = (monday + GROWN) * MINUTES;
      if (ordered !== null && ordered < now) continue;
      const since = (instant: number) => monday + GROWN - Math.floor(instant / MINUTES);
      const standing =
        visited !== null && visited < now
          ? `visited ${since(visited)} days ago`
          : `asked ${since(created)} days ago`;
      waiting.push({ week, standing, orders: ordered !== null });
      if (ordered !== null) week.further += 1;
    }
    weeks.push(...own.values());
  }
  return { weeks, waiting };
}

/** The least number that a Poisson number of this mean does not exceed in half of all cases. */
function poissonMedian(mean: number): number {
  let [number, share] = [0, Math.exp(-mean)];
  for (let sum = share; sum < 0.5; sum += share) share *= mean / ++number;
  return number;
}

test('at four weeks of age not even who knows the process, and who has visited, errs much less than the rate so far', () => {
  const { weeks, waiting } = grownWeeks();
  const stands = new Map<string, { people: number; orders: number }>();
  for (const { standing, orders } of waiting) {
    const one = stands.get(standing) ?? { people: 0, orders: 0 };
    stands.set(standing, { people: one.people + 1, orders: one.orders + Number(orders) });
  }
  for (const { week, standing } of waiting) {
    const { people, orders } = stands.get(standing) ?? { people: 1, orders: 0 };
    week.mean += orders / people;
  }
  const amount = (error: (week: Week) => number) =>
    weeks.reduce((sum, week) => sum + Math.abs(error(week)) / week.leads, 0) / weeks.length;
  const naive = amount(({ further }) => further);
  const expecting = amount(({ further, mean }) => further - mean);
  const knowing = amount(({ further, mean }) => further - poissonMedian(mean));
  const further = weeks.reduce((sum, week) => sum + week.further, 0) / weeks.length;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  console.log(
    `After four weeks ${further.toFixed(2)} further orders a week; mean amount of the error: rate so far ${percent(naive)}, ` +
      `mean of who knows the process ${percent(expecting)}, median of the same ${percent(knowing)}`,
  );
  expect(further).toBeLessThan(1);
  // The least amount of the error that any forecast can have is that of the median; a third of the rate so far's is far away.
  expect(knowing).toBeLessThanOrEqual(naive);
  expect(knowing).toBeGreaterThan((2 / 3) * naive);
  expect(expecting).toBeGreaterThan((2 / 3) * naive);
});
