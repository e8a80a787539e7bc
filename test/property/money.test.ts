import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../oracle/journeys.ts';
import { moneyOf, type MoneyRow } from '../oracle/money-report.ts';
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

const grains = fc.constantFrom('all' as const, 'day' as const, 'week' as const, 'month' as const);

describe('money', () => {
  test('the SQL and the oracle give the same money, for every grain, segment and filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        studios,
        fc.array(fc.tuple(questions, grains), { minLength: 3, maxLength: 3 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          const facts = currentFacts(raw);
          const journeys = paths(facts);
          for (const [question, grain] of asked) {
            const rows = await laboratory.ask<MoneyRow>('money', { ...parametersOf(question), grain });
            expectSameRows(
              rows,
              moneyOf(facts, journeys, question, grain),
              (row) => `${JSON.stringify(row.segment)} ${row.starts_on}`,
            );
          }
        },
      ),
      runs(60, 1500),
    );
  });
});
expect;
