import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { FunnelRow } from '../oracle/funnel.ts';
import { cents, decimal } from '../oracle/money.ts';
import type { MoneyRow } from '../oracle/money-report.ts';
import type { ReconciliationRow } from '../oracle/reconciliation.ts';
import type { Question } from '../oracle/scope.ts';
import { segmentFields } from '../oracle/segments.ts';
import { currentFacts, type Facts, type Text } from '../oracle/tables.ts';
import type { LadderRow } from '../oracle/upsell-ladder.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { busyStudios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const flows = ['signed', 'taken_back', 'net', 'upsold', 'collected'] as const;
const open = ['outstanding_0_15', 'outstanding_16_60', 'outstanding_over_60'] as const;
const stocks = [...open, 'overpaid', 'unassigned'] as const;

type Grain = 'all' | 'day' | 'week';
const money = (question: Question, grain: Grain = 'all') =>
  laboratory.ask<MoneyRow>('money', { ...parametersOf(question), grain });

const sum = (texts: Text[]) => decimal(texts.reduce((total, text) => total + cents(text ?? '0'), 0n));
const sums = (rows: MoneyRow[], columns: readonly (typeof flows | typeof stocks)[number][]) =>
  Object.fromEntries(columns.map((column) => [column, sum(rows.map((row) => row[column]))]));
const count = (rows: { orders: number | null }[]) =>
  rows.reduce((total, row) => total + (row.orders ?? 0), 0);

describe('the accounts of money balance', () => {
  test('the segments of any field add up to the total', async () => {
    await fc.assert(
      fc.asyncProperty(
        busyStudios,
        questions,
        fc.constantFrom(...segmentFields),
        async (raw, question, by) => {
          await laboratory.load(raw);
          const total = await money({ ...question, by: undefined });
          const parts = await money({ ...question, by });
          expect([count(parts), sums(parts, [...flows, ...stocks])]).toEqual([
            count(total),
            sums(total, [...flows, ...stocks]),
          ]);
        },
      ),
      runs(5, 200),
    );
  });

  test('days add up to weeks and weeks to the period; what is open is that of the last one', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, question) => {
        await laboratory.load(raw);
        const whole = await money(question);
        const weeks = await money(question, 'week');
        const days = await money(question, 'day');
        for (const { segment } of whole) {
          const of = (rows: MoneyRow[]) => rows.filter((row) => row.segment === segment);
          expect(sums(of(weeks), flows)).toEqual(sums(of(whole), flows));
          expect(sums(of(weeks).slice(-1), stocks)).toEqual(sums(of(whole), stocks));
          for (const week of of(weeks)) {
            const within = of(days).filter(
              (day) => week.starts_on <= day.starts_on && day.starts_on <= week.ends_on,
            );
            expect([count(within), sums(within, flows)]).toEqual([week.orders ?? 0, sums([week], flows)]);
            expect(sums(within.slice(-1), stocks)).toEqual(sums([week], stocks));
          }
        }
      }),
      runs(4, 150),
    );
  });

  test('over all time money is what the lists say, and what is open is what they leave open, nothing netted', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, async (raw) => {
        await laboratory.load(raw);
        const facts = currentFacts(raw);
        const ever = { from: '2023-01-01', to: '2026-12-31', as_of: '2026-12-31', view: 'period' as const };
        const rows = await money(ever);
        const listed = sumsOfLists(facts);
        expect(sums(rows, ['signed', 'upsold', 'collected'])).toEqual({
          signed: listed.signed,
          upsold: listed.upsold,
          collected: listed.collected,
        });
        for (const row of await money({ ...ever, by: 'store' }, 'week')) {
          for (const column of open) expect(cents(row[column] ?? '0')).toBeGreaterThanOrEqual(0n);
          expect(cents(row.overpaid ?? '0')).toBeLessThanOrEqual(0n);
        }
        const [row] = rows;
        if (row && row.payment_stores === row.all_stores && row.all_stores > 0)
          expect(sum([...open.map((column) => row[column]), row.overpaid])).toBe(listed.claimedLessPaid);
      }),
      runs(6, 250),
    );
  });

  test('net money of a period is the funnel’s, and the parts of its orders add up to what was signed', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, question) => {
        await laboratory.load(raw);
        const rows = await money(question);
        const funnel = await laboratory.ask<FunnelRow>('funnel', {
          ...parametersOf(question),
          view: 'period',
        });
        const parts = await laboratory.ask<ReconciliationRow>('reconciliation', parametersOf(question));
        for (const { segment, orders, signed, net } of rows) {
          const own = parts.filter((part) => part.segment === segment);
          const five = own.filter(({ part }) => part !== 'total');
          const all = own.find(({ part }) => part === 'total');
          expect([count(five), sum(five.map(({ amount }) => amount))]).toEqual([
            orders ?? 0,
            signed ?? '0.00',
          ]);
          expect([all?.orders ?? 0, all?.amount ?? '0.00']).toEqual([orders ?? 0, signed ?? '0.00']);
          const bought = funnel.find((row) => row.segment === segment && row.step_no === 4);
          if (bought?.amount) expect(bought.amount).toBe(net);
        }
      }),
      runs(5, 200),
    );
  });

  test('the ladder’s touchpoints add up to what was upsold, its ends to what was signed and to both', async () => {
    await fc.assert(
      fc.asyncProperty(busyStudios, questions, async (raw, question) => {
        await laboratory.load(raw);
        const rows = await money(question);
        const ladder = await laboratory.ask<LadderRow>('upsell_ladder', {
          ...parametersOf(question),
          view: 'period',
        });
        for (const { segment, signed, upsold } of rows) {
          const at = (numbers: number[]) =>
            sum(
              ladder
                .filter((row) => row.segment === segment && numbers.includes(row.touchpoint_no))
                .map(({ amount }) => amount),
            );
          expect(at([1, 2, 3, 4, 5])).toBe(upsold ?? '0.00');
          expect(at([0])).toBe(signed ?? '0.00');
          const total = ladder.find((row) => row.segment === segment && row.touchpoint_no === 6);
          if (total?.amount) expect(total.amount).toBe(sum([signed, upsold]));
        }
      }),
      runs(5, 200),
    );
  });
});

/** Plain sums of the lists that count: signed, upsold, collected, and claims less payments of known orders. */
function sumsOfLists({ orders, upsells, payments }: Facts) {
  const paid = (row: Facts['payments'][number]) => {
    const value = cents(row.amount);
    return row.kind === 'refund' && value > 0n ? -value : value;
  };
  const sold = upsells.filter(({ outcome }) => outcome !== 'declined');
  const claims = orders.map((order) => {
    if (order.status === 'cancelled') return 0n;
    const own = sold.filter(({ order_id }) => order_id === order.order_id);
    const back = order.status === 'refunded' ? cents(order.refunded_amount ?? order.amount) : 0n;
    return cents(order.amount) - back + own.reduce((total, row) => total + cents(row.amount), 0n);
  });
  const known = new Set(orders.map(({ order_id }) => order_id));
  const ofOrders = payments.filter(({ order_id }) => order_id !== null && known.has(order_id));
  const total = (values: bigint[]) => values.reduce((all, value) => all + value, 0n);
  return {
    signed: sum(orders.map(({ amount }) => amount)),
    upsold: sum(sold.map(({ amount }) => amount)),
    collected: decimal(total(payments.map(paid))),
    claimedLessPaid: decimal(total(claims) - total(ofOrders.map(paid))),
  };
}
