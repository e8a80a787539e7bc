import { expect, test } from 'vitest';
import { generate } from '../../data/sample/generator/generate.ts';
import { SAMPLE_SEED, sampleParameters } from '../../data/sample/generator/parameters.ts';
import { csv } from '../../data/sample/generator/tables.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { experiment } from '#lib/server/reports.gen.ts';
import { withLists } from '../soak/recovery.ts';

const tables = generate(sampleParameters, SAMPLE_SEED);
const text = (name: string) => csv(tables[name] ?? { columns: [], rows: [] });

test('of the experiments planted in the sample the one with an effect is found, the one without is not called', async () => {
  const lists = {
    leads: text('leads'),
    visits: text('visits'),
    orders: text('orders'),
    experiments: text('experiments'),
    assignments: text('assignments'),
  };
  const found = await withLists(lists, sampleParameters.last_day, async (app) => {
    const rows = [];
    for (const { id, metric, effect } of sampleParameters.trials) {
      const answer = await experiment(asOwner(app), { id });
      rows.push({ metric, effect, rows: answer.rows });
    }
    return rows;
  });
  for (const { metric, effect, rows } of found) {
    const standing = Object.fromEntries(rows.map((row) => [row.metric, row.standing]));
    expect(rows[0]?.ratio_p).toBeGreaterThan(0.001);
    if (effect > 0) expect(standing[metric]).toBe('better');
    else expect(['better', 'worse'].filter((one) => Object.values(standing).includes(one))).toEqual([]);
  }
  expect(found.map(({ effect }) => effect > 0).toSorted()).toEqual([false, true]);
});
