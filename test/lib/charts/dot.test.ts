import { describe, expect, test } from 'vitest';
import { dotOf } from '#lib/charts/dot.ts';

describe('a dot on an axis', () => {
  test('stands at its share of the axis, before its interval or its usual range', () => {
    expect(dotOf(0.3, { interval: { low: 0.2, high: 0.4 } }, 0.5)).toEqual({
      at: 0.6,
      beyond: false,
      whisker: { low: 0.4, high: 0.8, beyond: false },
      usual: null,
    });
    expect(dotOf(0.3, { usual: { low: 0.1, high: 0.2 } }, 1)?.usual).toEqual({
      low: 0.1,
      high: 0.2,
      beyond: false,
    });
  });

  test('says when it or its interval reaches beyond the axis', () => {
    expect(dotOf(1.2, { interval: { low: 0.9, high: 1.5 } }, 1)).toEqual({
      at: 1,
      beyond: true,
      whisker: { low: 0.9, high: 1, beyond: true },
      usual: null,
    });
  });

  test('is not there without a figure', () => {
    expect(dotOf(null, {}, 1)).toBeNull();
  });
});
