import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../oracle/journeys.ts';
import { currentFacts } from '../oracle/tables.ts';
import { timeToStep, type Waits } from '../oracle/time-to-step.ts';
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

const steps = { active: 3, bought: 4, bought_again: 5, brought_friend: 6 } as const;
type StepName = keyof typeof steps;

test('the SQL and the oracle agree on the days to each step, and the histogram holds the same people', async () => {
  await fc.assert(
    fc.asyncProperty(
      studios,
      questions,
      fc.constantFrom(...(Object.keys(steps) as StepName[])),
      async (raw, { view: _, ...question }, step) => {
        await laboratory.load(raw);
        const rows = await laboratory.ask<Waits>('time_to_step', { ...parametersOf(question), step });
        const wanted = timeToStep(paths(currentFacts(raw)), steps[step], question);
        expectSameRows(rows, wanted, (row) => JSON.stringify(row.segment));

        const bars = await laboratory.ask<{ segment: string | null; people: number }>(
          'time_to_step_histogram',
          {
            ...parametersOf(question),
            step,
          },
        );
        for (const { segment, people } of wanted)
          expect(
            bars.filter((bar) => bar.segment === segment).reduce((sum, bar) => sum + bar.people, 0),
          ).toBe(people);
      },
    ),
    runs(8, 300),
  );
});
