import { expect, test } from 'vitest';
import { laterOrders } from '#lib/stats/later-orders.ts';
import { trackedRepeats } from '#lib/stats/tracked-repeats.ts';
import { addDays } from '../../oracle/days.ts';
import { chances, gamma } from './shoppers.ts';

const buying = { r: 0.8, alpha: 5, a: 0.8, b: 2.5 };
/** Weeks in which everybody came first, weeks that the model knows, and weeks in all. */
const [FIRST, KNOWN, ALL] = [52, 78, 130];

type Client = { readonly began: number; readonly back: readonly number[] };

/** When clients who buy as the model says came first and when they came back, in weeks. */
function simulated(seed: number, people: number): Client[] {
  const chance = chances(seed);
  return Array.from({ length: people }, () => {
    const rate = gamma(chance, buying.r) / buying.alpha;
    const [lost, kept] = [gamma(chance, buying.a), gamma(chance, buying.b)];
    const began = FIRST * chance();
    const back: number[] = [];
    for (let now = began, isAlive = true; isAlive; isAlive = chance() >= lost / (lost + kept)) {
      now -= Math.log(1 - chance()) / rate;
      if (!(now < ALL)) break;
      back.push(now);
    }
    return { began, back };
  });
}

const known = ({ back }: Client) => back.filter((at) => at <= KNOWN);

const fedBy = (clients: readonly Client[]) => ({
  buying_histories: {
    x: Float64Array.from(clients, (client) => known(client).length),
    t_x: Float64Array.from(clients, (client) => (known(client).at(-1) ?? client.began) - client.began),
    age: Float64Array.from(clients, ({ began }) => KNOWN - began),
    people: Float64Array.from(clients, () => 1),
  },
});

const unfilled = {
  expected_orders: null,
  all_expected_orders: null,
  expected_per_client: null,
  reason: null,
};
const off = (came: number, expected: number | null) => Math.abs(came / (expected ?? NaN) - 1);
const asked = { unit: 'week', until: '2025-06-30', as_of: addDays('2025-06-30', 7 * (ALL - KNOWN)) };

test('of simulated clients as many come back in each period, known or not, as is expected of the time since they came first', () => {
  const clients = simulated(3, 12_000);
  const rows = Array.from({ length: 10 }, (_, at) => {
    const ends = ((at + 1) * ALL) / 10;
    const came = clients.flatMap(({ back }) => back).filter((time) => time <= ends).length;
    return { ...unfilled, days_after: Math.round(7 * (ends - KNOWN)), came };
  });
  const told = trackedRepeats(rows, asked, fedBy(clients));
  for (const { came, all_expected_orders } of told.slice(2))
    expect(off(came, all_expected_orders)).toBeLessThan(0.05);
  const [last, known] = [told.at(-1), told.find(({ days_after }) => days_after === 0)];
  const later = (last?.all_expected_orders ?? NaN) - (known?.all_expected_orders ?? NaN);
  expect(off((last?.came ?? NaN) - (known?.came ?? NaN), later)).toBeLessThan(0.06);
  const sum = told.reduce((all, { expected_orders }) => all + (expected_orders ?? NaN), 0);
  expect(sum).toBeCloseTo(last?.all_expected_orders ?? NaN, 6);
});

test('clients who came back equally often come in the time held out as often as is expected of them', () => {
  const clients = simulated(4, 12_000);
  const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((times_back) => {
    const own = clients.filter((client) => Math.min(known(client).length, 7) === times_back);
    const later = own.reduce((all, client) => all + client.back.length - known(client).length, 0);
    return { ...unfilled, times_back, clients: own.length, later };
  });
  const told = laterOrders(rows, asked, fedBy(clients));
  for (const { later, expected_orders } of told) {
    const noise = 3 / Math.sqrt(expected_orders ?? NaN);
    expect(off(later, expected_orders)).toBeLessThan(0.05 + noise);
  }
  const [first] = told;
  expect((first?.expected_per_client ?? NaN) * (first?.clients ?? NaN)).toBeCloseTo(
    first?.expected_orders ?? NaN,
    6,
  );
});

test('of too few clients nothing is expected, and each row says so', () => {
  const fed = fedBy(simulated(5, 60));
  expect(trackedRepeats([{ ...unfilled, days_after: 7 }], asked, fed)).toEqual([
    { ...unfilled, days_after: 7, reason: 'too_few' },
  ]);
  expect(laterOrders([{ ...unfilled, times_back: 0, clients: 60 }], asked, fed)).toEqual([
    { ...unfilled, times_back: 0, clients: 60, reason: 'too_few' },
  ]);
});
