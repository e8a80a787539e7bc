import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf, mondayOf } from '../oracle/days.ts';
import { gaps } from '../oracle/gaps.ts';
import { paths } from '../oracle/journeys.ts';
import { countChange, rateChange, sumChange, type Change, type Comparing } from '../oracle/noise.ts';
import { lead, order, raw as rawOf, visit } from '../oracle/rows.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const WEEKS = 60;

/** A quiet store over a year and more: every week some leads, of whom some come and some of those buy. */
const years: fc.Arbitrary<Raw> = fc
  .array(fc.tuple(fc.integer({ min: 4, max: 26 }), fc.integer({ min: 0, max: 1 << 30 })), {
    minLength: WEEKS,
    maxLength: WEEKS,
  })
  .map((weeks) => {
    const rows: Required<Pick<Raw, 'leads' | 'visits' | 'orders'>> = { leads: [], visits: [], orders: [] };
    weeks.forEach(([count, salt], week) => {
      for (let number = 0; number < count; number += 1) {
        const mix = (salt + number * 7919 + week * 104_729) % 9973;
        const day = addDays(baseDay, week * 7 + (mix % 7));
        const lead_id = `${week}-${number}`;
        rows.leads.push(lead({ lead_id, created_at: `${day}T10:00:00`, customer_id: `c${lead_id}` }));
        if (mix % 10 < 6)
          rows.visits.push(
            visit({ visit_id: lead_id, visited_at: `${addDays(day, mix % 13)}T12:00:00`, lead_id }),
          );
        if (mix % 10 < 4)
          rows.orders.push(
            order({
              order_id: lead_id,
              ordered_at: `${addDays(day, (mix % 13) + (mix % 4))}T15:00:00`,
              lead_id,
              amount: `${1000 + (mix % 1800)}.00`,
            }),
          );
      }
    });
    return rawOf({ ...rows, batches: [{ batch_id: 1, imported_on: '2030-01-01', withdrawn: false }] });
  });

type Asked = Omit<Comparing, 'firstDay' | 'gaps'>;

const asked: fc.Arbitrary<Asked> = fc
  .record({
    week: fc.integer({ min: 8, max: WEEKS - 3 }),
    length: fc.constantFrom(7, 7, 7, 14),
    age: fc.integer({ min: -3, max: 20 }),
    view: fc.constantFrom('cohort' as const, 'period' as const),
    compare: fc.constantFrom('previous' as const, 'last_year' as const, 'mean_of_four' as const),
  })
  .map(({ week, length, age, ...rest }) => {
    const from = addDays(mondayOf(baseDay), week * 7);
    const to = addDays(from, length - 1);
    return { ...rest, from, to, as_of: addDays(to, age) };
  });

type Row = Change & { step_no: number; figure: string; verdict: string | null };

test('every change, spread and z of the funnel and its orders and money is what the rules of noise say', async () => {
  await fc.assert(
    fc.asyncProperty(years, fc.array(asked, { minLength: 4, maxLength: 4 }), async (raw, questions) => {
      await laboratory.load(raw);
      const facts = currentFacts(raw);
      const journeys = paths(facts);
      const everyGap = gaps(facts, journeys);
      const firstDay = journeys.map((path) => dayOf(path.beganAt)).sort()[0] ?? baseDay;
      const signed = facts.orders.map(({ ordered_at, amount }) => ({
        day: dayOf(ordered_at),
        amount: Number(amount),
      }));
      for (const question of questions) {
        const rows = await laboratory.ask<Row>('funnel_change', { ...question, by: null, where: [] });
        const comparing: Comparing = { ...question, firstDay, gaps: everyGap };
        for (const step of [2, 3, 4] as const) {
          expectChange(row(rows, step, 'people'), countChange(journeys, step, comparing));
          if (step > 2)
            expectChange(row(rows, step, 'rate'), rateChange(journeys, step, step === 3 ? 2 : 3, comparing));
        }
        const known = signed.filter(({ day }) => day <= question.as_of);
        expectChange(row(rows, 4, 'signed'), sumChange(known, comparing));
        expectChange(
          row(rows, 4, 'orders'),
          sumChange(
            known.map(({ day }) => ({ day, amount: 1 })),
            comparing,
          ),
        );
      }
    }),
    // a year of rows shrinks too slowly to be worth it
    {
      ...runs<[Raw, Asked[]]>(10, 60),
      endOnFailure: true,
    },
  );
});

function row(rows: Row[], step: number, figure: string): Row | undefined {
  return rows.find((one) => one.step_no === step && one.figure === figure);
}

function expectChange(found: Row | undefined, { tooFew, tooEarly, holiday, ...wanted }: Change): void {
  const unsettled = tooFew || tooEarly ? ['z', 'df', 'spread'] : [];
  for (const [column, value] of Object.entries(wanted)) {
    if (unsettled.includes(column)) continue;
    const actual = found?.[column as keyof Row];
    if (typeof value === 'number' && column !== 'df') expect(actual, column).toBeCloseTo(value, 9);
    else if (!['hits', 'base', 'reference_hits', 'reference_base'].includes(column) || value !== null)
      expect(actual, column).toBe(value);
  }
  const verdict = holiday ? 'holiday' : tooEarly ? 'too_early' : tooFew ? 'too_few' : null;
  if (found?.verdict !== 'gap') expect(found?.verdict).toBe(wanted.value === null ? null : verdict);
}
