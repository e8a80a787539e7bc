import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeMark, spanOf, spotOf } from '#lib/charts/change-axis.ts';

describe('the axis from half to double', () => {
  test('has “as before” in its middle and the ends at half and double', () => {
    expect([0.5, 1, 2].map((ratio) => spotOf(ratio).at)).toEqual([0, 0.5, 1]);
  });

  test('is logarithmic: as far up as down', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (ratio) => {
        expect(spotOf(ratio).at + spotOf(1 / ratio).at).toBeCloseTo(1);
      }),
      { seed: 7 },
    );
  });

  test('says on which side a change lies beyond it', () => {
    expect(spotOf(0.49)).toEqual({ at: 0, off: 'left' });
    expect(spotOf(0)).toEqual({ at: 0, off: 'left' });
    expect(spotOf(2.01)).toEqual({ at: 1, off: 'right' });
  });

  test('draws no line that lies beyond one end with all of itself', () => {
    expect(spanOf(2.5, 4)).toBeNull();
    expect(spanOf(0.1, 0.4)).toBeNull();
    expect(spanOf(0.1, 4)).toEqual({ from: { at: 0, off: 'left' }, to: { at: 1, off: 'right' } });
  });

  test('has no mark without a figure, and no line without an interval', () => {
    expect(changeMark({ ratio: null, interval: null, usual: null })).toBeNull();
    expect(changeMark({ ratio: 1, interval: null, usual: null })).toEqual({
      dot: { at: 0.5, off: null },
      whisker: null,
      usual: null,
    });
  });
});
