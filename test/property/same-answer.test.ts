import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName } from '#lib/server/reports/by-name.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { writeHouse } from '../bench/funnel-house.ts';
import { isSoak } from './runs.ts';

const LEADS = 125_000;
const TIMES = isSoak ? 20 : 1;
/** Reports that add up numbers which no binary fraction hits, with what makes them add up many. */
const QUESTIONS: readonly (readonly [string, Record<string, string>])[] = [
  ['survival', { by: 'channel' }],
  ['survival_comparison', { by: 'channel' }],
  ['cohort_forecast', { by: 'channel', from: '2025-11-03' }],
  ['forecast_backtest', { from: '2025-06-02', weeks: '1', horizon: '60' }],
  ['funnel_survival', { by: 'channel', from: '2025-07-01' }],
  ['funnel_survival_comparison', { by: 'channel', from: '2025-07-01' }],
  ['funnel_drivers', { from: '2025-07-01' }],
  ['funnel_segments', { by: 'channel', from: '2025-07-01' }],
  ['funnel_steps', { by: 'channel', from: '2025-07-01' }],
  ['funnel_step_times', { by: 'channel', from: '2025-07-01' }],
  ['funnel_change', { by: 'channel' }],
  [
    'period_change',
    {
      by: 'channel',
      from: '2025-07-01',
      to: '2025-09-30',
      compare_from: '2025-04-01',
      compare_to: '2025-06-30',
    },
  ],
  [
    'funnel_steps',
    {
      by: 'channel',
      from: '2025-07-01',
      steps: '["lead","visit",{"kind":"order","within":{"n":7,"unit":"day"}},"upsell"]',
    },
  ],
  ['week_summary', { by: 'channel' }],
  ['staff_comparison', { from: '2025-07-01' }],
  ['staff_figures', { from: '2025-07-01' }],
  ['staff_values', { from: '2025-07-01' }],
];

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'same-answer-'));
  file = join(folder, 'warehouse.duckdb');
  await writeHouse(file, LEADS);
});
afterAll(() => rm(folder, { recursive: true }));

/** What each question is answered `times` times, each time reckoned anew. */
async function asked(threads: number, times: number): Promise<Map<string, Set<string>>> {
  const warehouse = await openWarehouse({ file, threads });
  const answers = new Map<string, Set<string>>();
  try {
    for (const [at, [name, params]] of QUESTIONS.entries()) {
      const different = new Set<string>();
      for (let time = 0; time < times; time++) {
        await forget(warehouse);
        const { rows } = await askByName(asOwner({ warehouse }), name, params);
        expect(rows.length, name).toBeGreaterThan(1);
        different.add(JSON.stringify(rows));
      }
      answers.set(`${at} ${name}`, different);
    }
  } finally {
    await warehouse.close();
  }
  return answers;
}

/** A new version of the same data: nothing is answered from memory. */
function forget(warehouse: Warehouse): Promise<void> {
  return warehouse.write(() => Promise.resolve());
}

test('the same question has the same answer to the last digit, however often it is asked and however many threads add it up', async () => {
  const alone = await asked(1, 1);
  const together = await asked(4, TIMES);
  for (const [name, answers] of together) {
    expect(answers.size, `${name}, again and again`).toBe(1);
    expect([...answers], `${name}, by one thread and by four`).toEqual([...(alone.get(name) ?? [])]);
  }
});
