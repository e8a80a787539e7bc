import { describe, expect, test } from 'vitest';
import { coverage } from '../simulation/covering.ts';
import { calledBroken, varianceKept } from '../simulation/habits.ts';
import { falseCalls } from '../simulation/peeking.ts';
import { metrics } from '../simulation/units.ts';

const RUNS = 400;
/** Two standard errors of a share near 5 %. */
const NOISE = 2 * Math.sqrt((0.05 * 0.95) / RUNS);

describe.each(metrics)('of experiments on $name without any difference', (metric) => {
  test('one look calls about 5 %, a look each day many more, and the always-valid interval no more than 5 %', () => {
    const calls = falseCalls(metric, RUNS, 2);
    expect(Math.abs(calls['t test'].once - 0.05)).toBeLessThan(2 * NOISE);
    expect(calls['t test'].daily).toBeGreaterThan(0.12);
    expect(calls['chance to win'].daily).toBeGreaterThan(0.12);
    expect(calls['always valid'].daily).toBeLessThanOrEqual(0.05 + NOISE);
  });
});

test.each([80, 400])('95 % intervals hold as much from %d units per arm on', (n) => {
  const { welch, newcombe, exact, always } = coverage(n, 2000, 2);
  for (const share of [welch, newcombe]) expect(Math.abs(share - 0.95)).toBeLessThan(0.015);
  for (const share of [exact, always]) expect(share).toBeGreaterThanOrEqual(0.95);
});

test('a time before takes off a difference’s variance what it foretells: 1 − ρ² is left', () => {
  for (const rho of [0.3, 0.8]) expect(varianceKept(rho, 100, 2)).toBeCloseTo(1 - rho ** 2, 1);
});

test('the split check calls even splits almost never and uneven ones where there are units enough', () => {
  expect(calledBroken(0.5, 1000, 1000, 2)).toBeLessThan(0.005);
  expect(calledBroken(0.54, 8000, 100, 2)).toBeGreaterThan(0.97);
});
