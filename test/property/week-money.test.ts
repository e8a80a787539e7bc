import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MoneyRow, WeekSummaryRow } from '#lib/server/reports.gen.ts';
import { dayOf, earlierDay, within } from '../oracle/days.ts';
import { cents } from '../oracle/money.ts';
import type { Question } from '../oracle/scope.ts';
import { currentFacts, type Facts } from '../oracle/tables.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const total = (amounts: readonly (string | null)[]) =>
  amounts.reduce((sum, amount) => sum + cents(amount ?? '0'), 0n);

/** The money of a period as the files have it, in cents. */
function moneyOf(facts: Facts, { from, to, as_of }: Question) {
  const isIn = (instant: string) => within(dayOf(instant), from, earlierDay(to, as_of));
  const payments = facts.payments.filter(({ paid_at }) => isIn(paid_at));
  const refund = (amount: string) => -(cents(amount) < 0n ? -cents(amount) : cents(amount));
  const orders = facts.orders.filter(({ ordered_at }) => isIn(ordered_at));
  return {
    orders: orders.length,
    signed: total(orders.map(({ amount }) => amount)),
    upsold: total(
      facts.upsells
        .filter(({ sold_at, outcome }) => isIn(sold_at) && outcome !== 'declined')
        .map(({ amount }) => amount),
    ),
    collected: payments.reduce(
      (sum, { kind, amount }) => sum + (kind === 'refund' ? refund(amount) : cents(amount)),
      0n,
    ),
  };
}

const summary = (question: Question) =>
  laboratory.ask<WeekSummaryRow>('week_summary', { ...parametersOf(question), compare: 'previous' });

test('the week’s orders and sums are those of the files, and of its segments together', async () => {
  await fc.assert(
    fc.asyncProperty(studios, questions, async (raw, question) => {
      await laboratory.load(raw);
      const [whole] = await summary({ ...question, by: undefined, where: [] });
      const parts = await summary({ ...question, where: [] });
      const wanted = moneyOf(currentFacts(raw), question);
      for (const [rows, name] of [
        [[whole], 'whole'],
        [parts, 'segments'],
      ] as const) {
        expect(
          rows.reduce((sum, row) => sum + (row?.orders ?? 0), 0),
          name,
        ).toBe(wanted.orders);
        for (const column of ['signed', 'upsold', 'collected'] as const)
          expect(total(rows.map((row) => row?.[column] ?? null)), `${name}, ${column}`).toBe(wanted[column]);
      }
    }),
    runs(8, 250),
  );
});

test('the week’s sums are those of the report money, outstanding over all its ages', async () => {
  await fc.assert(
    fc.asyncProperty(studios, questions, async (raw, question) => {
      await laboratory.load(raw);
      const rows = await summary(question);
      const money = await laboratory.ask<MoneyRow>('money', { ...parametersOf(question), grain: 'all' });
      for (const wanted of money) {
        const row = rows.find(({ segment }) => segment === wanted.segment);
        for (const column of ['orders', 'signed', 'upsold', 'collected'] as const)
          expect(row?.[column], column).toBe(wanted[column]);
        const { outstanding_0_15, outstanding_16_60, outstanding_over_60 } = wanted;
        expect(row?.outstanding_over_60).toBe(outstanding_over_60);
        expect(row?.outstanding === null, 'no balances').toBe(outstanding_0_15 === null);
        expect(total([row?.outstanding ?? null])).toBe(
          total([outstanding_0_15, outstanding_16_60, outstanding_over_60]),
        );
      }
    }),
    runs(8, 250),
  );
});
