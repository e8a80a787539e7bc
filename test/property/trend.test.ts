import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buckets } from '../oracle/buckets.ts';
import { funnelOf, type FunnelRow } from '../oracle/funnel.ts';
import { paths } from '../oracle/journeys.ts';
import { currentFacts } from '../oracle/tables.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

type TrendRow = FunnelRow & { starts_on: string; ends_on: string; complete: boolean };

const columns = ['people', 'rate', 'rate_from', 'rate_hits', 'rate_base', 'rate_low', 'rate_high'] as const;
const isEmpty = (row: FunnelRow) => !row.people;

test('each point of the trend is the funnel of that whole week or month', async () => {
  await fc.assert(
    fc.asyncProperty(
      studios,
      questions,
      fc.constantFrom('week' as const, 'month' as const),
      async (raw, question, grain) => {
        await laboratory.load(raw);
        const facts = currentFacts(raw);
        const journeys = paths(facts);
        const rows = await laboratory.ask<TrendRow>('funnel_trend', {
          ...parametersOf(question),
          view: question.view,
          grain,
        });
        const touched = buckets(question.from, question.to, grain).filter(
          ({ from }) => from <= question.as_of,
        );
        expect(
          [...new Set(rows.map((row) => row.starts_on))].filter(
            (day) => !touched.some((b) => b.from === day),
          ),
        ).toEqual([]);
        for (const bucket of touched) {
          const wanted = funnelOf(facts, journeys, { ...question, ...bucket });
          const found = rows.filter((row) => row.starts_on === bucket.from);
          for (const row of found) {
            expect([row.ends_on, row.complete]).toEqual([bucket.to, bucket.to <= question.as_of]);
            const match = wanted.find((w) => w.segment === row.segment && w.step_no === row.step_no);
            if (!match)
              expect(isEmpty(row), 'a segment without anything in the bucket is 0 or empty').toBe(true);
            else if (match.rate_note === 'no_source')
              expect([row.people, row.rate]).toEqual([match.people, null]);
            else
              for (const column of columns) {
                if (typeof match[column] === 'number') expect(row[column]).toBeCloseTo(match[column], 9);
                else expect(row[column]).toBeNull();
              }
          }
          const missing = wanted.filter(
            (w) =>
              !isEmpty(w) && !found.some((row) => row.segment === w.segment && row.step_no === w.step_no),
          );
          expect(missing).toEqual([]);
        }
      },
    ),
    runs(8, 300),
  );
});
