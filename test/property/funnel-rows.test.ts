import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsQuestion } from '#lib/server/figures/rows.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName, specNamed } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { FunnelQuestion } from '../oracle/step-question.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { asked, crowds, leadRows } from './crowd-walks.ts';
import { expectFormulas, expectRows } from './openings.ts';
import { runs } from './runs.ts';
import { DAY, load, parametersOf } from './walks.ts';

let warehouse: Warehouse;
let asker: Asker;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
  await fill(warehouse, new Map([['leads', leadRows]]));
  asker = asOwner({ warehouse });
});
afterAll(() => warehouse.close());

/** Reports of funnels whose numbers open, with the columns that must be exactly the count of their rows. */
const exact: Readonly<Record<string, readonly string[]>> = {
  funnel_steps: [
    'people',
    'entered',
    'converted',
    'lost',
    'open',
    'lost_here',
    'open_here',
    'lost_before',
    'open_before',
  ],
  funnel_segments: ['base', 'hits', 'open', 'compared_base', 'compared_hits', 'rest_base', 'rest_hits'],
  funnel_drivers: ['base', 'hits', 'rest_base', 'rest_hits'],
  funnel_next: ['people', 'all_people'],
  funnel_step_times: ['people', 'all_people'],
};

/** With data that end while many still have time. */
const unfinished = (question: FunnelQuestion) => ({ ...question, window: 30 * DAY, end: 5 * DAY });

/** What an address would ask; `own` are the parameters of the report alone. */
function given(report: string, question: FunnelQuestion, own: RawParameters): RawParameters {
  const names = new Set(specNamed(report).parameters.map(({ name }) => name));
  const by = report === 'funnel_segments' ? { by: 'g' } : {};
  const all = { ...parametersOf(question), to_step: 2, least: 1, ...own, ...by };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => names.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}

describe.each(Object.keys(exact))('%s', (report) => {
  test('is the count of the rows that its numbers open to, whatever the funnel, and what its formulas say', async () => {
    const compared = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        crowds,
        fc.tuple(asked, asked.map(unfinished)),
        fc.constantFrom('all', 'week'),
        fc.constantFrom('all', 'lost', 'open'),
        fc.infiniteStream(fc.nat()),
        async (drawn, both, grain, standing, dice) => {
          await load(warehouse, drawn);
          for (const question of both) {
            const { params, rows } = await askByName(
              asker,
              report,
              given(report, question, { grain, standing }),
            );
            for (const row of rows) expectFormulas(report, params, row);
            for (const column of exact[report] ?? []) {
              const filled = rows.filter((row) => Number(row[column] ?? 0) > 0);
              const row = filled[(dice.next().value ?? 0) % filled.length];
              const behind = row && rowsQuestion(specNamed(report), column, params, row);
              if (!behind) continue;
              await expectRows(asker, report, column, row, behind);
              compared.set(column, (compared.get(column) ?? 0) + 1);
            }
          }
        },
      ),
      runs(3, 200),
    );
    expect([...compared.keys()].toSorted()).toEqual(exact[report]?.toSorted());
  });
});
