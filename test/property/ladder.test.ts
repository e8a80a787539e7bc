import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../oracle/days.ts';
import { attachOf, beforeOf, type BeforeRow, type PairRow } from '../oracle/ladder-attach.ts';
import { paths } from '../oracle/journeys.ts';
import { cents } from '../oracle/money.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import type { Question } from '../oracle/scope.ts';
import type { LadderRow } from '../oracle/upsell-ladder.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** The same studios where one store takes most orders, and most visits and upsells say of which order and for what. */
const ladders: fc.Arbitrary<Raw> = busyStudios.map((raw) => ({
  ...raw,
  orders: raw.orders.map((row, at) => ({ ...row, store: at % 4 === 3 ? row.store : '东店', lead_id: null })),
  visits: raw.visits.map((row, at) => ({
    ...row,
    order_id: raw.orders[(at * 5) % Math.max(raw.orders.length, 1)]?.order_id ?? row.order_id,
    purpose: (['shoot', 'viewing', 'pickup', row.purpose] as const)[at % 4] ?? 'viewing',
    outcome: at % 5 === 4 ? row.outcome : null,
  })),
  upsells: raw.upsells.map((row, at) => ({
    ...row,
    order_id: raw.orders[at % Math.max(raw.orders.length, 1)]?.order_id ?? row.order_id,
    touchpoint: row.touchpoint ?? 'viewing',
  })),
}));

/** Most of what a random studio does. */
const everything: Question = {
  from: addDays(baseDay, -30),
  to: addDays(baseDay, 45),
  as_of: addDays(baseDay, 45),
  view: 'cohort',
  where: [],
};

const people = ['s1', 's2', 's4', null];

/** Names a co-seller of each upsell, or nobody. */
async function nameCoSellers(dice: readonly number[]): Promise<void> {
  await laboratory.warehouse.write(async (transaction) => {
    for (const [at, die] of dice.entries()) {
      const person = people[die];
      await transaction.run(
        `update exports.upsells set co_staff_id = ${person ? `'${person}'` : 'null'} where upsell_id = 'u${at + 1}'`,
      );
    }
  });
}

type Credit = { segment: string | null; staff_id: string | null; credit: string; credit_amount: string };

describe('the SQL and a second reckoning agree', () => {
  test('on what was bought before and on what is bought together', async () => {
    const seen = { pairs: 0, pasts: 0 };
    await fc.assert(
      fc.asyncProperty(ladders, fc.array(questions, { minLength: 2, maxLength: 2 }), async (raw, asked) => {
        await laboratory.load(raw);
        const facts = currentFacts(raw);
        const journeys = paths(facts);
        for (const question of [everything, ...asked.map(({ by: _, ...rest }) => rest)]) {
          const given = { ...parametersOf(question), view: 'cohort' };
          const pairs = attachOf(facts, journeys, question);
          expectSameRows(
            await laboratory.ask<PairRow>('ladder_attach', { ...given, by: 'item' }),
            pairs,
            ({ kind, value, item }) => [kind, value, item].join(),
          );
          const pasts = beforeOf(facts, journeys, question);
          expectSameRows(
            await laboratory.ask<BeforeRow>('ladder_before', given),
            pasts,
            ({ touchpoint_no, past }) => `${touchpoint_no} ${past}`,
          );
          seen.pairs += pairs.filter(({ both }) => both > 0).length;
          seen.pasts += pasts.filter(({ past }) => past === 'bought').length;
        }
      }),
      runs(12, 300),
    );
    expect(Math.min(seen.pairs, seen.pasts)).toBeGreaterThan(2);
  });
});

test('whoever sold with whom, credits add up to the upsells of the ladder, by person, by segment and in all', async () => {
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(
      ladders,
      questions,
      fc.array(fc.nat(people.length - 1), { minLength: 15, maxLength: 15 }),
      async (raw, question, dice) => {
        await laboratory.load(raw);
        await nameCoSellers(dice);
        await laboratory.rebuild();
        const given = { ...parametersOf(question), view: question.view };
        const ladder = await laboratory.ask<LadderRow>('upsell_ladder', { ...given, by: null });
        const sold = ladder
          .filter(({ touchpoint_no }) => touchpoint_no >= 1 && touchpoint_no <= 5)
          .reduce((sum, { amount }) => sum + cents(amount ?? '0'), 0n);
        for (const by of [null, 'item', question.by ?? 'store']) {
          const credits = await laboratory.ask<Credit>('ladder_credit', {
            ...given,
            by,
            touchpoint_no: null,
          });
          expect([by, credits.reduce((sum, row) => sum + cents(row.credit_amount), 0n)]).toEqual([by, sold]);
          for (const { segment, staff_id, credit, credit_amount } of credits) {
            const rows = await laboratory.ask<Credit & { all_rows: number }>('credit_rows', {
              ...given,
              by,
              segment: by === null ? null : segment,
              staff_id,
              touchpoint_no: null,
              only: 'all',
              limit: 1000,
              offset: 0,
            });
            const add = (column: 'credit' | 'credit_amount') =>
              rows.reduce((sum, row) => sum + cents(row[column]), 0n);
            expect([add('credit'), add('credit_amount')]).toEqual([cents(credit), cents(credit_amount)]);
            shared += rows.filter((row) => row.credit === '0.50').length;
          }
        }
      },
    ),
    runs(10, 200),
  );
  expect(shared).toBeGreaterThan(0);
});
