import { describe, expect, test } from 'vitest';
import { segmentVerdicts } from '#lib/stats/segment-verdicts.ts';
import { happens, stream } from '../../../data/sample/generator/random.ts';
import type { Random } from '../../../data/sample/generator/random.ts';

/** Groups of a size with hits drawn at their rates, each beside all others, as the report funnel_segments gives them. */
function drawn(random: Random, size: number, rates: readonly number[]) {
  const hits = rates.map(
    (rate) => Array.from({ length: size }, () => happens(random, rate)).filter(Boolean).length,
  );

  const all = hits.reduce((sum, one) => sum + one, 0);
  return hits.map((own) => ({
    compared_hits: own,
    compared_base: size,
    rest_hits: all - own,
    rest_base: size * (rates.length - 1),
    p: null,
    verdict: 'within_noise',
  }));
}

const isCalled = ({ verdict }: { verdict: string }) => verdict === 'more_than_noise';

describe('values of a segment, judged together', () => {
  test.each([
    // people in each of eight groups of one rate, the rate
    [25, 0.05],
    [60, 0.2],
    [200, 0.5],
  ])('of %i people each at %f cry wolf in at most one table of twenty', (size, rate) => {
    const random = stream(20260101, `alarms ${size}`);
    const tables = 400;
    const alarms = Array.from({ length: tables }, () =>
      segmentVerdicts(
        drawn(
          random,
          size,
          Array.from({ length: 8 }, () => rate),
        ),
      ).some(isCalled),
    ).filter(Boolean).length;
    // three standard deviations of 400 draws above 5 %
    expect(alarms / tables).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / tables));
  });

  test('find a group of 150 with twice the rate of the others in nine tables of ten', () => {
    const random = stream(20260101, 'differences');
    const found = Array.from({ length: 200 }, () =>
      segmentVerdicts(drawn(random, 150, [0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2])),
    ).filter(([first]) => first !== undefined && isCalled(first));
    expect(found.length).toBeGreaterThan(180);
  });

  test('leave those alone of whom too little is known', () => {
    const rows = drawn(stream(1, 'few'), 1, [1, 1]).map((row) => ({ ...row, verdict: 'too_few' }));
    expect(segmentVerdicts(rows)).toEqual(rows);
  });
});
