import { expect, test } from 'vitest';
import { sparklineOf } from '#lib/charts/sparkline.ts';

test('a sparkline stays open where a week is missing', () => {
  const { paths, last } = sparklineOf([0, 10, null, 5]);
  expect(paths).toEqual(['M0.0,100.0L33.3,0.0', 'M100.0,50.0']);
  expect(last).toEqual({ x: 1, y: 0.5 });
});

test('a sparkline of nothing has no line and no last point', () => {
  expect(sparklineOf([null, null])).toEqual({ paths: [], last: null });
});
