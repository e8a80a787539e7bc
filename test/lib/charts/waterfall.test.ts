import { expect, test } from 'vitest';
import { waterfallOf } from '#lib/charts/waterfall.ts';

test('each bar of a waterfall begins where the one before it ended, and the last ends at the whole', () => {
  const { before, steps, after } = waterfallOf(100, [100, 140, 90], 120);
  expect(before).toEqual({ from: 0, to: 0.5, whole: true });
  expect(steps.map(({ from, to }) => [from, to])).toEqual([
    [0.5, 0.7],
    [0.7, 0.45],
    [0.45, 0.6],
  ]);
  expect(after).toEqual({ from: 0, to: 0.6, whole: true });
});

test('a waterfall begins at 0 and has its zero line inside the axis where a level is below it', () => {
  const { axis, after } = waterfallOf(10, [10], -10);
  expect(axis.ticks.map(({ amount }) => amount)).toEqual([-10, 0, 10]);
  expect(axis.zero).toBe(0.5);
  expect(after).toEqual({ from: 0.5, to: 0, whole: true });
});

test('a waterfall of nothing is drawn without dividing by it', () => {
  expect(waterfallOf(0, [], 0)).toEqual({
    before: { from: 0, to: 0, whole: true },
    steps: [],
    after: { from: 0, to: 0, whole: true },
    axis: { zero: 0, ticks: [{ share: 0, amount: 0 }] },
  });
});
