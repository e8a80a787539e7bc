import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { funnelOf, type FunnelRow } from '../oracle/funnel.ts';
import { paths } from '../oracle/journeys.ts';
import { currentFacts } from '../oracle/tables.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** Without a source there is no rate, and what stands beside the missing rate says nothing. */
function withoutLeftovers(row: FunnelRow): FunnelRow {
  return row.rate_note === 'no_source' ? { ...row, rate_hits: null, rate_base: null } : row;
}

test('the SQL and the oracle give the same funnel, in both views, for every segment and filter', async () => {
  await fc.assert(
    fc.asyncProperty(studios, fc.array(questions, { minLength: 3, maxLength: 3 }), async (raw, asked) => {
      await laboratory.load(raw);
      const facts = currentFacts(raw);
      const journeys = paths(facts);
      for (const question of asked) {
        const rows = await laboratory.ask<FunnelRow>('funnel', {
          ...parametersOf(question),
          view: question.view,
        });
        expectSameRows(
          rows.map(withoutLeftovers),
          funnelOf(facts, journeys, question),
          (row) => `${JSON.stringify(row.segment)} ${row.step_no}`,
        );
      }
    }),
    runs(25, 1500),
  );
});
