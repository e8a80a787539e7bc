import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MissingWeeksRow } from '#lib/server/reports.gen.ts';
import { addDays, earlierDay, mondayOf } from '../oracle/days.ts';
import { gaps } from '../oracle/gaps.ts';
import { paths } from '../oracle/journeys.ts';
import { daysFrom } from '../oracle/revenue.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';
import { tills } from './till.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const asked = fc
  .record({
    start: fc.integer({ min: -10, max: 50 }),
    length: fc.integer({ min: 0, max: 40 }),
    age: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ start, length, age }) => ({
    from: addDays(baseDay, start),
    to: addDays(baseDay, start + length),
    as_of: addDays(baseDay, start + age),
  }));

type Missing = Pick<
  MissingWeeksRow,
  'store' | 'step_no' | 'starts_on' | 'from_on' | 'to_on' | 'missing_days' | 'every_list'
>;

/** The same studio so many days later, or earlier. */
const moved = (raw: Raw, days: number) =>
  JSON.parse(JSON.stringify(raw).replace(/\d{4}-\d\d-\d\d/g, (day) => addDays(day, days))) as Raw;

test.each([
  ['in spring', 0],
  ['around 春节, when closed days are none of it', -35],
])(
  'every week of every gap that a period touches is listed, with the days that lack in it, %s',
  async (_, days) => {
    await fc.assert(
      fc.asyncProperty(tills, fc.array(asked, { minLength: 4, maxLength: 4 }), async (drawn, questions) => {
        const raw = moved(drawn, days);
        await laboratory.load(raw);
        const facts = currentFacts(raw);
        const everyGap = gaps(facts, paths(facts));
        for (const question of questions) {
          const [from, to, as_of] = [question.from, question.to, question.as_of].map((day) =>
            addDays(day, days),
          ) as [string, string, string];
          const wanted = everyGap.flatMap((gap) => {
            const weeks: Missing[] = [];
            for (let week = mondayOf(gap.from); week <= gap.to; week = addDays(week, 7)) {
              const end = addDays(week, 6);
              const [first, last] = [gap.from > week ? gap.from : week, earlierDay(gap.to, end)];
              const isSilent = daysFrom(gap.from, earlierDay(end, as_of)) > 180;
              if (first <= earlierDay(to, as_of) && last >= from && !isSilent)
                weeks.push({
                  store: gap.store,
                  step_no: gap.step,
                  starts_on: week,
                  from_on: gap.from,
                  to_on: gap.to,
                  missing_days: daysFrom(first, earlierDay(last, as_of)) + 1,
                  every_list: gap.everyList,
                });
            }
            return weeks;
          });
          const rows = await laboratory.ask<MissingWeeksRow>('missing_weeks', { from, to, as_of });
          const inOrder = (list: Missing[]) => list.map((row) => JSON.stringify(row)).sort();
          expect(
            inOrder(
              rows.map(({ store, step_no, starts_on, from_on, to_on, missing_days, every_list }) => ({
                store,
                step_no,
                starts_on,
                from_on,
                to_on,
                missing_days,
                every_list,
              })),
            ),
          ).toEqual(inOrder(wanted));
        }
      }),
      { ...runs(6, 200), endOnFailure: true },
    );
  },
);
