import { describe, expect, test } from 'vitest';
import {
  alive,
  bgNbdLogLikelihood,
  bgNbdOf,
  expectedOfNew,
  expectedTransactions,
  fitBgNbd,
} from '#lib/stats/bg-nbd.ts';
import type { BgNbd, Histories } from '#lib/stats/bg-nbd.ts';
import {
  expectedValue,
  fitGammaGamma,
  gammaGammaLogLikelihood,
  gammaGammaOf,
} from '#lib/stats/gamma-gamma.ts';
import { valueFits } from '#lib/stats/value-fits.ts';
import type { Columns } from '#lib/stats/columns.ts';
import { valueModels } from '#lib/stats/value-models.ts';
import type { Likeliest } from '#lib/stats/maximum-likelihood.ts';
import { shoppers, spenders } from './shoppers.ts';

/** The parameters that Fader, Hardie & Lee 2005 print for their 2,357 clients, in weeks. */
const published: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

const client = (x: number, recency: number, age: number): Histories => ({
  x: Float64Array.of(x),
  recency: Float64Array.of(recency),
  age: Float64Array.of(age),
  people: Float64Array.of(1),
});

/** How many standard errors each logarithm lies from the true one. */
const errors = (found: Likeliest, truth: readonly number[]) =>
  found.logs.map((log, at) => (log - Math.log(truth[at] ?? 0)) / Math.sqrt(found.covariance[at]?.[at] ?? 0));

describe('how clients come back', () => {
  test('the worked example of the paper: who came back twice, last in week 30.43 of 38.86, comes 1.226 times in 39 weeks', () => {
    expect(expectedTransactions(published, { x: 2, recency: 30.43, age: 38.86 }, 39)).toBeCloseTo(1.226, 3);
  });

  test('expected transactions of a new client are the mean of the model, whichever side of 1 a lies on', () => {
    for (const a of [0.6, 1, 1.7]) {
      const model = { r: 0.8, alpha: 5, a, b: 2.4 };
      const { x, age } = shoppers(7, 200_000, model, 40);
      const expected = age.reduce((sum, one) => sum + expectedOfNew(model, one), 0) / age.length;
      const seen = x.reduce((sum, one) => sum + one, 0) / x.length;
      expect(Math.abs(seen / expected - 1)).toBeLessThan(0.015);
    }
  });

  test('where a is 1 the expectation joins both sides', () => {
    const at = (a: number) => expectedTransactions({ ...published, a }, { x: 2, recency: 30, age: 39 }, 39);
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 6);
  });

  test('whoever did not come back has had no chance to be lost; who came often and long ago is', () => {
    expect(alive(published, { x: 0, recency: 0, age: 39 })).toBe(1);
    expect(alive(published, { x: 20, recency: 10, age: 39 })).toBeLessThan(0.001);
  });

  test('probabilities of all that one client may have done add up to one', () => {
    const { r, alpha, a, b } = published;
    const T = 10;
    const none = Math.exp(bgNbdLogLikelihood(client(0, 0, T), published));
    expect(none).toBeCloseTo((alpha / (alpha + T)) ** r, 12);
    const steps = 4000;
    let once = 0;
    for (let at = 0; at < steps; at += 1)
      once += Math.exp(bgNbdLogLikelihood(client(1, ((at + 0.5) * T) / steps, T), published)) * (T / steps);
    const lostAtOnce = (a / (a + b)) * (1 - none);
    const stays = (b / (a + b)) * r * alpha ** r * T * (alpha + T) ** -(r + 1);
    expect(once).toBeCloseTo(lostAtOnce + stays, 6);
  });

  test('the likelihood is a finite number for clients of hundreds of orders over decades', () => {
    expect(bgNbdLogLikelihood(client(2_000, 9_000, 9_500), published)).toBeLessThan(0);
  });

  test('parameters of simulated clients are recovered, and nothing nearby is likelier', () => {
    const histories = shoppers(20, 8_000, published, 60);
    const found = fitBgNbd(histories);
    if (found === null) throw new Error('no fit');
    for (const error of errors(found, Object.values(published))) expect(Math.abs(error)).toBeLessThan(3);
    for (const at of [0, 1, 2, 3])
      for (const by of [-0.02, 0.02])
        expect(
          bgNbdLogLikelihood(histories, bgNbdOf(found.logs.map((log, j) => (j === at ? log + by : log)))),
        ).toBeLessThan(found.logLikelihood);
  });

  test('of the intervals of six small firms nearly all hold the true parameters (two hundred firms: npm run soak)', () => {
    const model = { r: 0.8, alpha: 5, a: 0.8, b: 2.5 };
    const far = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const found = fitBgNbd(shoppers(seed, 2_000, model, 104));
      return (found ? errors(found, Object.values(model)) : [9, 9, 9, 9]).map(
        (error) => Math.abs(error) > 1.96,
      );
    });
    expect(far.filter(Boolean).length).toBeLessThanOrEqual(4);
  });

  test('clients together with their like give the same fit as one by one, and weeks that of days', () => {
    const one = shoppers(3, 1_500, published, 50);
    const twice = { ...one, people: one.people.map(() => 2) };
    const days = { ...one, recency: one.recency.map((w) => w * 7), age: one.age.map((w) => w * 7) };
    const [found, doubled, daily] = [fitBgNbd(one), fitBgNbd(twice), fitBgNbd(days)];
    const [r = 0, alpha = 0, a = 0, b = 0] = found?.logs ?? [];
    for (const [at, log] of [r, alpha, a, b].entries()) expect(doubled?.logs[at]).toBeCloseTo(log, 4);
    for (const [at, log] of [r, alpha + Math.log(7), a, b].entries())
      expect(daily?.logs[at]).toBeCloseTo(log, 4);
  });
});

describe('what clients spend', () => {
  const printed = { p: 6.25, q: 3.74, v: 15.44 };

  test('of somebody unknown the mean of the population is expected: 6.25 · 15.44 / 2.74 = 35.22', () => {
    expect(expectedValue(printed, 0, 0)).toBeCloseTo(35.22, 2);
    expect(expectedValue(printed, 10_000, 80)).toBeCloseTo(80, 1);
    expect(expectedValue({ ...printed, q: 0.9 }, 0, 0)).toBeNull();
  });

  test('the density of a mean value adds up to one', () => {
    let sum = 0;
    for (let value = 0.01; value < 4_000; value += 0.02)
      sum +=
        0.02 *
        Math.exp(gammaGammaLogLikelihood({ x: Float64Array.of(3), mean: Float64Array.of(value) }, printed));
    expect(sum).toBeCloseTo(1, 4);
  });

  test('parameters of simulated clients are recovered, in whatever money', () => {
    const spendings = spenders(5, 6_000, printed);
    const found = fitGammaGamma(spendings);
    const times = (many: number) =>
      fitGammaGamma({ ...spendings, mean: spendings.mean.map((value) => value * many) });
    const [cents, rupiahs] = [times(100), times(3e6)];
    if (found === null || cents === null || rupiahs === null) throw new Error('no fit');
    for (const error of errors(found, Object.values(printed))) expect(Math.abs(error)).toBeLessThan(3);
    expect(gammaGammaOf(cents.logs).v / gammaGammaOf(found.logs).v).toBeCloseTo(100, 1);
    expect(gammaGammaOf(rupiahs.logs).v / gammaGammaOf(found.logs).v / 3e6).toBeCloseTo(1, 3);
    const told = gammaGammaLogLikelihood(spendings, gammaGammaOf(found.logs));
    expect(found.logLikelihood).toBeCloseTo(told, 4);
  });
});

describe('a fit that cannot be', () => {
  const row = (model: string, customers: number, came_back: number) => ({
    model,
    parameters: null,
    standard_errors: null,
    low: null,
    high: null,
    log_likelihood: null,
    customers,
    came_back,
    converged: false,
    reason: null,
  });

  test('is refused with its reason: too few, or a likelihood without a highest point', () => {
    const alike = {
      x: new Float64Array(200).fill(3),
      t_x: new Float64Array(200).fill(30),
      age: new Float64Array(200).fill(40),
      people: new Float64Array(200).fill(1),
    };
    const same = { x: new Float64Array(200).fill(2), mean_value: new Float64Array(200).fill(50) };
    const first = (columns: Columns, clients: number): Columns =>
      Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(0, clients)]));
    const reasons = (clients: number, spending: number) =>
      valueFits(
        [row('bg_nbd', clients, clients), row('gamma_gamma', spending, spending)],
        {},
        valueModels({ buying_histories: first(alike, clients), repeat_means: first(same, spending) }),
      ).map(({ reason, converged, parameters }) => [reason, converged, parameters]);
    expect(reasons(99, 19)).toEqual([
      ['too_few', false, null],
      ['too_few', false, null],
    ]);
    expect(reasons(200, 200)).toEqual([
      ['no_highest_point', false, null],
      ['no_highest_point', false, null],
    ]);
  });

  test('is refused where clients came back once at most: nothing tells how soon the others are lost', () => {
    const once = Float64Array.from({ length: 1_000 }, (_, at) => (at % 10 === 0 ? 1 : 0));
    const histories = {
      x: once,
      recency: once.map((x, at) => x * (5 + (at % 37))),
      age: once.map((_, at) => 60 + (at % 50)),
      people: once.map(() => 1),
    };
    expect(fitBgNbd(histories)).toBeNull();
    const { x, mean } = spenders(4, 600, { p: 400_000, q: 19, v: 0.8 });
    expect(fitGammaGamma({ x: x.map(() => 1), mean })).toBeNull();
  });
});
