import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from '#lib/charts/place.ts';

test('a place differs from its share by less than a tenth of a pixel on a thousand', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(Math.abs(placeOf(share) - share) * 1000).toBeLessThan(0.1);
      expect(String(placeOf(share)).length).toBeLessThanOrEqual('0.1234'.length);
    }),
  );
});

test('what lies beyond an axis stands at its end', () => {
  expect([-0.2, 1.7].map(placeOf)).toEqual([0, 1]);
});
