import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf, mondayOf } from '../oracle/days.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** The business days that leads, visits of any purpose and orders reach. */
function days(raw: Raw): string[] {
  const { leads, visits, orders } = currentFacts(raw);
  return [
    ...leads.map((row) => dayOf(row.created_at)),
    ...visits.map((row) => dayOf(row.visited_at)),
    ...orders.map((row) => dayOf(row.ordered_at)),
  ].sort();
}

test('the default as_of is the last day that leads, visits or orders reach, and the last week a complete one', async () => {
  await fc.assert(
    fc.asyncProperty(studios, async (raw) => {
      await laboratory.load(raw);
      const [span] = await laboratory.ask<Record<string, string | null>>('data_span', {});
      const last = days(raw).at(-1) ?? null;
      expect(span?.last_day).toBe(last);
      const first = days(raw)[0] ?? null;
      expect(span?.first_day).toBe(first);
      expect(span?.first_week).toBe(first && mondayOf(first));
      const complete = last && addDays(mondayOf(addDays(last, 1)), -7);
      expect(span?.last_week).toBe(complete && first && complete >= mondayOf(first) ? complete : null);
    }),
    runs(12, 250),
  );
});
