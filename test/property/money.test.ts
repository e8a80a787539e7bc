import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { paths } from '../oracle/journeys.ts';
import { moneyOf, type MoneyRow } from '../oracle/money-report.ts';
import { reconciliationOf, type ReconciliationRow } from '../oracle/reconciliation.ts';
import { currentFacts } from '../oracle/tables.ts';
import { ladderOf, ownSegments, type LadderQuestion, type LadderRow } from '../oracle/upsell-ladder.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { busyStudios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const grains = fc.constantFrom('all' as const, 'day' as const, 'week' as const, 'month' as const);

/** Questions of the ladder: of any segment, or of the upsells’ own. */
const ladderQuestions: fc.Arbitrary<LadderQuestion> = fc
  .tuple(questions, fc.option(fc.constantFrom(...ownSegments), { freq: 2, nil: undefined }))
  .map(([question, own]) => (own ? { ...question, by: own } : question));

describe('the SQL and a second reckoning agree', () => {
  test('on money, for every grain, segment and filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        busyStudios,
        fc.array(fc.tuple(questions, grains), { minLength: 3, maxLength: 3 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          const facts = currentFacts(raw);
          const journeys = paths(facts);
          for (const [question, grain] of asked)
            expectSameRows(
              await laboratory.ask<MoneyRow>('money', { ...parametersOf(question), grain }),
              moneyOf(facts, journeys, question, grain),
              (row) => `${JSON.stringify(row.segment)} ${row.starts_on}`,
            );
        },
      ),
      runs(8, 300),
    );
  });

  test('on where the orders of a period came from, for every segment and filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        busyStudios,
        fc.array(questions, { minLength: 3, maxLength: 3 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          const journeys = paths(currentFacts(raw));
          for (const question of asked)
            expectSameRows(
              await laboratory.ask<ReconciliationRow>('reconciliation', parametersOf(question)),
              reconciliationOf(journeys, question),
              (row) => `${JSON.stringify(row.segment)} ${row.part_no}`,
            );
        },
      ),
      runs(5, 200),
    );
  });

  test('on the upsell ladder, in both views, for every segment and filter, by item and by who sold', async () => {
    await fc.assert(
      fc.asyncProperty(
        busyStudios,
        fc.array(ladderQuestions, { minLength: 3, maxLength: 3 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          const facts = currentFacts(raw);
          const journeys = paths(facts);
          for (const { by, ...question } of asked)
            expectSameRows(
              await laboratory.ask<LadderRow>('upsell_ladder', {
                ...parametersOf(question),
                view: question.view,
                by: by ?? null,
              }),
              ladderOf(facts, journeys, { ...question, by }),
              (row) => `${JSON.stringify(row.segment)} ${row.touchpoint_no}`,
            );
        },
      ),
      runs(8, 300),
    );
  });
});
