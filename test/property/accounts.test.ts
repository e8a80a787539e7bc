import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunnelRow } from '../oracle/funnel.ts';
import { cents, decimal } from '../oracle/money.ts';
import { segmentFields } from '../oracle/segments.ts';
import { openLaboratory, parametersOf, type Laboratory } from './laboratory.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const ask = (question: { view: string }, parameters: Parameters<typeof parametersOf>[0]) =>
  laboratory.ask<FunnelRow>('funnel', { ...parametersOf(parameters), view: question.view });

const sum = (values: (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((total, value) => total + value, 0) : null;
};

describe('the funnel’s accounts balance', () => {
  test('the segments of any field add up to the total, in people and in money', async () => {
    await fc.assert(
      fc.asyncProperty(studios, questions, fc.constantFrom(...segmentFields), async (raw, question, by) => {
        await laboratory.load(raw);
        const total = await ask(question, { ...question, by: undefined });
        const parts = await ask(question, { ...question, by });
        for (const row of total.filter((r) => r.step_no >= 2)) {
          const own = parts.filter((part) => part.step_no === row.step_no);
          // a total of nothing may be 0 or without a source; the parts of nothing do not exist
          if (own.length === 0) expect(row.people ?? 0).toBe(0);
          else expect(sum(own.map((part) => part.people)) ?? 0).toBe(row.people ?? 0);
          const money = own.map((part) => cents(part.amount ?? '0')).reduce((a, b) => a + b, 0n);
          expect(decimal(money)).toBe(row.amount ?? '0.00');
        }
      }),
      runs(8, 300),
    );
  });

  test('in the cohort view of a store no step holds more people than the one before it', async () => {
    await fc.assert(
      fc.asyncProperty(studios, questions, async (raw, question) => {
        await laboratory.load(raw);
        const rows = await ask({ view: 'cohort' }, { ...question, by: 'store' });
        const people = (store: string | null, step: number) =>
          rows.find((row) => row.segment === store && row.step_no === step)?.people ?? null;
        for (const store of new Set(rows.map((row) => row.segment)))
          for (const [wide, narrow] of [
            [2, 3],
            [3, 4],
            [2, 4],
            [4, 5],
            [4, 6],
          ] as const) {
            const [more, less] = [people(store, wide), people(store, narrow)];
            if (more !== null && less !== null) expect(more).toBeGreaterThanOrEqual(less);
          }
        for (const row of rows.filter((r) => r.rate !== null && r.step_no > 2)) {
          expect(row.rate).toBeLessThanOrEqual(1);
          expect(row.rate_low).toBeLessThanOrEqual(row.rate ?? 0);
          expect(row.rate_high).toBeGreaterThanOrEqual(row.rate ?? 1);
        }
      }),
      runs(8, 300),
    );
  });
});
