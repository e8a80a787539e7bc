import { expect, test } from 'vitest';
import { coverage } from './recovery.ts';
import { coverageText, recover, type Recovery } from './sample.ts';

const SEEDS = 20;

test('over 20 seeds the weekly intervals cover what was planted in 93–97 %, and effects keep their order', async () => {
  const recoveries: Recovery[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) recoveries.push(await recover(seed));
  const intervals = recoveries.flatMap((recovery) => recovery.intervals);
  console.log(`Covered: ${coverageText(intervals)}`);
  for (const step of [3, 4] as const) {
    const { share, weeks } = coverage(intervals, step);
    expect(weeks).toBeGreaterThan(1000);
    expect(share).toBeGreaterThanOrEqual(0.93);
    expect(share).toBeLessThanOrEqual(0.97);
  }
  for (const name of ['channels, I3', 'channels, I4', 'inviters, I3', 'sellers, I4'] as const) {
    const all = recoveries.map(({ ranks }) => ranks[name]).sort((a, b) => a - b);
    const middle = all[SEEDS / 2] ?? Number.NaN;
    console.log(
      `Rank correlation of planted and seen, ${name}: median ${middle.toFixed(3)}, worst ${all[0]?.toFixed(3)}`,
    );
    expect(middle).toBeGreaterThan(0.8);
  }
});
