import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContributionsRow, RevenueChangeRow } from '#lib/server/reports.gen.ts';
import { revenueChange, type Effect } from '../oracle/decomposition.ts';
import { paths } from '../oracle/journeys.ts';
import { cents, decimal } from '../oracle/money.ts';
import { figuresOf, leftOut, type Figures, type RevenueQuestion, type Side } from '../oracle/revenue.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { comparisons, revenueParameters, swapped } from './revenue.ts';
import { runs } from './runs.ts';
import { tills } from './till.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const keyOf = (row: Pick<Effect, 'term' | 'segment'>) => JSON.stringify([row.term, row.segment]);
const sum = (texts: string[]) => decimal(texts.reduce((total, text) => total + cents(text), 0n));
const ask = (question: RevenueQuestion) =>
  laboratory.ask<RevenueChangeRow>('revenue_change', revenueParameters(question));
/** Months of rows shrink too slowly to be worth it. */
const unshrunk = (share: number, soak: number) => ({
  ...runs<[Raw, RevenueQuestion[]]>(share, soak),
  endOnFailure: true,
});
const several = (count: number) => fc.array(comparisons, { minLength: count, maxLength: count });

test('the SQL and the oracle split revenue in the same way, to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several(4), async (raw, questions) => {
      await laboratory.load(raw);
      const facts = currentFacts(raw);
      const everyPath = paths(facts);
      for (const question of questions) {
        const rows = await ask(question);
        const { effects, before, after } = revenueChange(facts, everyPath, question);
        expectSameRows(rows, effects, keyOf);
        for (const row of rows)
          expect(row).toMatchObject({
            total_before: decimal(BigInt(before)),
            total_after: decimal(BigInt(after)),
            difference: decimal(BigInt(after - before)),
          });
      }
    }),
    unshrunk(9, 300),
  );
});

test('effects add up to the difference to the cent, each segment’s to its own, and each row begins where the last ended', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several(3), async (raw, questions) => {
      await laboratory.load(raw);
      for (const question of questions) {
        const rows = await ask(question);
        for (const [place, row] of rows.entries()) {
          expect(sum(rows.map(({ effect }) => effect))).toBe(row.difference);
          expect(sum([row.total_before, ...rows.slice(0, place).map(({ effect }) => effect)])).toBe(
            row.level,
          );
        }
        const segments = await laboratory.ask<ContributionsRow>('contributions', revenueParameters(question));
        for (const { segment, left_out, change } of segments) {
          const own = rows.filter((row) => row.segment === segment && (row.term === 'left_out') === left_out);
          expect(sum(own.map(({ effect }) => effect))).toBe(change);
        }
        expect(sum(segments.map(({ change }) => change))).toBe(rows[0]?.difference ?? '0.00');
      }
    }),
    unshrunk(9, 200),
  );
});

test('contributions count the leads, visits and orders that the oracle counts', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several(3), async (raw, questions) => {
      await laboratory.load(raw);
      const facts = currentFacts(raw);
      const everyPath = paths(facts);
      for (const question of questions) {
        const figures = figuresOf(facts, everyPath, question);
        const gone = leftOut(facts, everyPath, question, figures);
        const count = (own: Figures[], step: keyof Figures['people'], side: Side) =>
          own.reduce((total, one) => total + one.people[step][side], 0);
        const rows = await laboratory.ask<ContributionsRow>('contributions', revenueParameters(question));
        for (const row of rows) {
          const own = figures.filter((one) =>
            row.left_out
              ? one.store === row.segment
              : one.segment === row.segment && !gone.includes(one.store),
          );
          expect(row).toMatchObject({
            leads: count(own, 'leads', 'after'),
            orders: count(own, 'orders', 'after'),
            reference_leads: count(own, 'leads', 'before') / question.compare_periods,
            reference_orders: count(own, 'orders', 'before') / question.compare_periods,
          });
          if (row.visits !== null) expect(row.visits).toBe(count(own, 'visits', 'after'));
        }
        expect(rows.filter(({ left_out }) => left_out).map(({ segment }) => segment)).toEqual(
          expect.arrayContaining(gone),
        );
      }
    }),
    unshrunk(7, 100),
  );
});

test('changing the periods for each other flips the sign of every effect', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several(3), async (raw, questions) => {
      await laboratory.load(raw);
      for (const question of questions.map((one) => ({ ...one, compare_periods: 1 }))) {
        const rows = await ask(question);
        const back = await ask(swapped(question));
        expectSameRows(
          back.map(({ term, segment, effect, difference }) => ({ term, segment, effect, difference })),
          rows.map(({ term, segment, effect, difference }) => ({
            term,
            segment,
            effect: decimal(-cents(effect)),
            difference: decimal(-cents(difference)),
          })),
          keyOf,
        );
      }
    }),
    unshrunk(9, 200),
  );
});

test('a period compared with itself has no effect', async () => {
  await fc.assert(
    fc.asyncProperty(tills, several(3), async (raw, questions) => {
      await laboratory.load(raw);
      for (const question of questions) {
        const rows = await ask({
          ...question,
          compare_from: question.from,
          compare_to: question.to,
          compare_periods: 1,
        });
        expect(rows.filter(({ effect, rank_no }) => effect !== '0.00' || rank_no !== null)).toEqual([]);
      }
    }),
    unshrunk(5, 100),
  );
});
