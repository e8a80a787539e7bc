import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../oracle/days.ts';
import { paths } from '../oracle/journeys.ts';
import { discountsOf, pointsOf, waitsOf } from '../oracle/ladder-more.ts';
import type { Question } from '../oracle/scope.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
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

const COPIES = 8;

/** The same studios where everything is done to several orders alike, and most visits name theirs. */
const manyOrders: fc.Arbitrary<Raw> = busyStudios.map((raw) => {
  const copies = Array.from({ length: COPIES }, (_, copy) => copy);
  const copied = <R extends { line: number }>(rows: R[], change: (row: R, copy: number, at: number) => R) =>
    rows.flatMap((row, at) =>
      copies.map((copy) => ({ ...change(row, copy, at), line: row.line * COPIES + copy })),
    );
  const orderAt = (at: number) => raw.orders[at % Math.max(raw.orders.length, 1)]?.order_id ?? 'o1';
  return {
    ...raw,
    orders: copied(raw.orders, (row, copy, at) => ({
      ...row,
      order_id: `${row.order_id}-${copy}`,
      store: at % 4 === 3 ? row.store : '东店',
    })),
    visits: copied(raw.visits, (row, copy, at) => ({
      ...row,
      visit_id: `${row.visit_id}-${copy}`,
      order_id: at % 6 === 5 && copy > 0 ? null : `${orderAt(at * 5)}-${copy}`,
      purpose: (['shoot', 'viewing', 'pickup', row.purpose] as const)[at % 4] ?? 'viewing',
      outcome: (at + copy) % 5 === 4 ? row.outcome : null,
    })),
    upsells: copied(raw.upsells, (row, copy, at) => ({
      ...row,
      upsell_id: `${row.upsell_id}-${copy}`,
      order_id: `${orderAt(at)}-${copy}`,
      amount: (Number(row.amount) + copy * 10).toFixed(2),
      touchpoint: (['sale', 'viewing', 'sale', row.touchpoint] as const)[at % 4] ?? 'sale',
    })),
  };
});

const everything: Question = {
  from: addDays(baseDay, -30),
  to: addDays(baseDay, 45),
  as_of: addDays(baseDay, 45),
  view: 'cohort',
  where: [],
};

const wholeMonths: Question = { ...everything, from: '2025-02-01', to: '2025-04-30', as_of: '2025-05-02' };

const key = (row: { segment: string | null; touchpoint_no?: number; leg_no?: number }) =>
  JSON.stringify([row.segment, row.touchpoint_no, row.leg_no]);

describe('the SQL and a second reckoning agree', () => {
  test('on discounts from the list price and what was sold besides', async () => {
    const seen = { discounted: 0, compared: 0 };
    await fc.assert(
      fc.asyncProperty(
        manyOrders,
        fc.array(questions, { minLength: 2, maxLength: 2 }),
        fc.array(fc.integer({ min: -40_000, max: 120_000 }), { minLength: 50, maxLength: 50 }),
        async (raw, asked, dice) => {
          await laboratory.load(raw);
          const facts = currentFacts(raw);
          const prices = new Map(
            facts.orders.flatMap(({ order_id, amount }, at): [string, string][] => {
              const price = Math.round(Number(amount) * 100) + (dice[at % dice.length] ?? 0);
              return at % 5 === 4 ? [] : [[order_id, (Math.max(price, 0) / 100).toFixed(2)]];
            }),
          );
          await laboratory.warehouse.write(async (transaction) => {
            for (const [id, price] of prices)
              await transaction.run(
                `update exports.orders set list_price = ${price} where order_id = '${id}'`,
              );
          });
          for (const question of [everything, { ...everything, by: 'store' as const }, ...asked]) {
            const wanted = discountsOf(facts, paths(facts), question, prices);
            expectSameRows(
              await laboratory.ask<(typeof wanted)[number]>('order_discounts', {
                ...parametersOf(question),
                view: 'cohort',
              }),
              wanted,
              key,
            );
            seen.discounted += wanted.filter(({ discounted }) => discounted > 2).length;
            seen.compared += wanted.filter(({ difference }) => difference !== null).length;
          }
        },
      ),
      runs(12, 300),
    );
    expect(Math.min(seen.discounted, seen.compared)).toBeGreaterThan(5);
  });

  test('on what one more point of attach rate is worth', async () => {
    const seen = { valued: 0, bounded: 0 };
    await fc.assert(
      fc.asyncProperty(manyOrders, questions, async (raw, asked) => {
        await laboratory.load(raw);
        const facts = currentFacts(raw);
        for (const question of [wholeMonths, { ...wholeMonths, by: 'store' as const }, asked]) {
          const wanted = pointsOf(facts, paths(facts), question);
          const rows = await laboratory.ask<
            Record<'value' | 'value_low' | 'value_high', string | null> & {
              segment: string | null;
              touchpoint_no: number;
            }
          >('ladder_point', { ...parametersOf(question), view: 'period' });
          expectSameRows(
            rows,
            wanted.map(({ value: _, value_low: __, value_high: ___, ...row }) => row),
            key,
          );
          for (const one of wanted)
            for (const column of ['value', 'value_low', 'value_high'] as const) {
              const told = rows.find((row) => key(row) === key(one))?.[column] ?? null;
              expect(told === null, column).toBe(one[column] === null);
              expect(Math.abs(Number(told) - (one[column] ?? 0)), column).toBeLessThan(0.0051);
              if (told !== null) seen[column === 'value' ? 'valued' : 'bounded'] += 1;
            }
        }
      }),
      runs(24, 300),
    );
    expect(Math.min(seen.valued, seen.bounded)).toBeGreaterThan(2);
  });

  test('on the days from one touchpoint to the next', async () => {
    const seen = { medians: 0, cancelled: 0, early: 0 };
    await fc.assert(
      fc.asyncProperty(
        manyOrders,
        fc.array(questions, { minLength: 2, maxLength: 2 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          const facts = currentFacts(raw);
          for (const question of [everything, ...asked]) {
            const wanted = waitsOf(facts, paths(facts), question);
            expectSameRows(
              await laboratory.ask<(typeof wanted)[number]>('ladder_waits', {
                ...parametersOf(question),
                view: 'cohort',
                conf_type: 'log_log',
              }),
              wanted,
              key,
            );
            seen.medians += wanted.filter(({ median_low }) => median_low !== null).length;
            seen.cancelled += wanted.filter(({ cancelled }) => cancelled > 0).length;
            seen.early += wanted.filter(({ too_early }) => too_early > 0).length;
          }
        },
      ),
      runs(36, 300),
    );
    expect(Math.min(seen.medians, seen.cancelled, seen.early)).toBeGreaterThan(2);
  });
});
