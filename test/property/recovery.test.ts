import { describe, expect, test } from 'vitest';
import { sampleParameters } from '../../data/sample/generator/parameters.ts';
import { coverage } from '../soak/recovery.ts';
import { coverageText, recover } from '../soak/sample.ts';

/** Coverage that chance explains: four standard errors of a share around 95 %. */
const slack = (weeks: number) => 4 * Math.sqrt((0.95 * 0.05) / weeks);

describe('what was planted in the sample studio is found again', () => {
  test('weekly intervals of two seeds cover the planted rates, and effects keep their order', async () => {
    const recoveries = [await recover(101), await recover(102)];
    const intervals = recoveries.flatMap((recovery) => recovery.intervals);
    console.log(`Covered: ${coverageText(intervals)}`);
    console.log(
      'Rank correlation of planted and seen:',
      recoveries.map(({ ranks }) => ranks),
    );
    for (const step of [3, 4] as const) {
      const { share, weeks } = coverage(intervals, step);
      expect(weeks).toBeGreaterThan(200);
      expect(Math.abs(share - 0.95)).toBeLessThan(slack(weeks));
    }
    for (const { ranks } of recoveries)
      for (const rank of Object.values(ranks)) expect(rank).toBeGreaterThan(0.6);
  });

  test.each([
    { changed: 'base_active', step: 3, parameters: { base_active: sampleParameters.base_active + 0.5 } },
    { changed: 'base_bought', step: 4, parameters: { base_bought: sampleParameters.base_bought - 0.5 } },
  ] as const)('with another $changed than believed they do not', async ({ step, parameters }) => {
    const { intervals } = await recover(103, sampleParameters, { ...sampleParameters, ...parameters });
    const { share, weeks } = coverage(intervals, step);
    expect(share).toBeLessThan(0.95 - slack(weeks));
  });
});
