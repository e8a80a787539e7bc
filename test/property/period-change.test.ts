import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodChangeRow } from '#lib/server/reports.gen.ts';
import { addDays } from '../oracle/days.ts';
import { paths } from '../oracle/journeys.ts';
import { cents, decimal } from '../oracle/money.ts';
import { periodChange, totals, type ChangeQuestion } from '../oracle/period-change.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { comparisons, swapped } from './revenue.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';
import { tills } from './till.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** Periods of two to three weeks in which most is going on, divided, beside those in which hardly anything is. */
const busy = fc
  .record({
    sides: comparisons,
    start: fc.integer({ min: 0, max: 15 }),
    length: fc.integer({ min: 10, max: 20 }),
    compareLength: fc.integer({ min: 10, max: 20 }),
    by: fc.constantFrom('store', 'channel', 'campaign', 'seller'),
  })
  .map(({ sides, start, length, compareLength, by }) => ({
    ...sides,
    by,
    where: [],
    from: addDays(baseDay, start),
    to: addDays(baseDay, start + length),
    compare_from: addDays(baseDay, start - 25),
    compare_to: addDays(baseDay, start - 25 + compareLength),
  }));

const asked: fc.Arbitrary<ChangeQuestion> = fc
  .record({
    sides: fc.oneof({ weight: 1, arbitrary: comparisons }, { weight: 3, arbitrary: busy }),
    figure: fc.constantFrom('rate' as const, 'people' as const, 'money' as const),
    rest: fc.integer({ min: -3, max: 60 }),
    way: fc.constantFrom([2, 3], [2, 3], [2, 4], [2, 4], [3, 4], [4, 5], [4, 6]),
  })
  .map(({ sides, figure, rest, way: [from_step, step] }) => ({
    ...sides,
    as_of: addDays(sides.to > sides.compare_to ? sides.to : sides.compare_to, rest),
    compare_periods: 1,
    figure,
    from_step: (figure === 'money' && from_step === 4 ? 2 : from_step) as 2 | 3 | 4,
    step: (figure === 'money' ? 4 : step) as 3 | 4 | 5 | 6,
  }));
const several = fc.array(asked, { minLength: 3, maxLength: 3 });
const unshrunk = (share: number, soak: number) => ({
  ...runs<[Raw, ChangeQuestion[]]>(share, soak),
  endOnFailure: true,
});

const ask = (question: ChangeQuestion) => {
  const { figure, from_step, step, compare_from, compare_to } = question;
  return laboratory.ask<PeriodChangeRow>('period_change', {
    ...parametersOf(question),
    figure,
    from_step,
    step,
    compare_from,
    compare_to,
    least: 1,
  });
};
const keyOf = ({ effect, segment }: { effect: string; segment: string | null }) =>
  JSON.stringify([effect, segment]);
const isNear = (asked: number | null | undefined, reckoned: number | null) =>
  asked == null || reckoned === null
    ? asked === reckoned
    : Math.abs(asked - reckoned) <= 1e-9 * Math.max(1, Math.abs(reckoned));
const sum = (rows: readonly PeriodChangeRow[]) =>
  decimal(rows.reduce((total, { amount }) => total + cents(amount), 0n));

test('each effect and factor is what the oracle reckons, and effects together they are the whole change to the last hundredth', async () => {
  let compared = 0;
  let ofNobody = 0;
  await fc.assert(
    fc.asyncProperty(tills, several, async (raw, questions) => {
      await laboratory.load(raw);
      const facts = currentFacts(raw);
      const everyPath = paths(facts);
      for (const question of questions) {
        const rows = await ask(question);
        const expected = periodChange(facts, everyPath, question);
        expect(rows.map(keyOf).sort()).toEqual(expected.map(keyOf).sort());
        for (const part of expected) {
          const row = rows.find((one) => keyOf(one) === keyOf(part));
          expect(Math.abs(Number(row?.amount) - part.amount), keyOf(part)).toBeLessThan(0.0101);
          compared += Number(part.amount !== 0);
          expect(isNear(row?.factor_before, part.factors[0]), `before ${keyOf(part)}`).toBe(true);
          expect(isNear(row?.factor_after, part.factors[1]), `after ${keyOf(part)}`).toBe(true);
          ofNobody += Number(part.effect !== 'together' && part.factors.includes(null));
        }
        const whole = totals(facts, everyPath, question);
        for (const row of rows) {
          if (whole.before !== null)
            expect(Math.abs(Number(row.total_before) - whole.before)).toBeLessThan(0.0051);
          if (whole.after !== null)
            expect(Math.abs(Number(row.total_after) - whole.after)).toBeLessThan(0.0051);
          expect(sum(rows)).toBe(row.change ?? '0.00');
          const own = rows.filter((one) => one.segment_no === row.segment_no);
          if (row.segment_no !== null) expect(sum(own)).toBe(row.segment_amount);
        }
      }
    }),
    unshrunk(20, 300),
  );
  expect(compared).toBeGreaterThan(50);
  expect(ofNobody).toBeGreaterThan(10);
});

test('changing the periods for each other flips the sign of every effect', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several, async (raw, questions) => {
      await laboratory.load(raw);
      for (const question of questions) {
        const rows = await ask(question);
        const back = await ask({ ...question, ...swapped(question) });
        expect(Object.fromEntries(back.map((row) => [keyOf(row), row.amount]))).toEqual(
          Object.fromEntries(rows.map((row) => [keyOf(row), decimal(-cents(row.amount))])),
        );
      }
    }),
    unshrunk(6, 200),
  );
});

test('a period compared with itself has no effect, and without segments there is no mix', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several, async (raw, questions) => {
      await laboratory.load(raw);
      for (const question of questions) {
        const same = await ask({ ...question, compare_from: question.from, compare_to: question.to });
        expect(same.filter(({ amount }) => amount !== '0.00')).toEqual([]);
        const whole = await ask({ ...question, by: undefined, figure: 'rate' });
        expect(whole.filter(({ effect, amount }) => effect === 'mix' && amount !== '0.00')).toEqual([]);
      }
    }),
    unshrunk(4, 100),
  );
});
