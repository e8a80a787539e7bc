import { expect, test } from 'vitest';
import { amountTicks } from '#lib/charts/ticks.ts';

test.each([
  [0, [0, 0.5, 1]],
  [1, [0, 0.5, 1]],
  [4_664, [0, 2_000, 4_000, 6_000]],
  [8_000, [0, 2_000, 4_000, 6_000, 8_000]],
  [9_999, [0, 5_000, 10_000]],
  [123_456, [0, 50_000, 100_000, 150_000]],
])('amounts up to %d are marked at %j', (highest, marks) => {
  expect(amountTicks(highest)).toEqual(marks);
});
