import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { projectRoot } from '#lib/server/project.ts';
import { rowsQuestion } from '#lib/server/figures/rows.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { askByName, specNamed } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { readCases } from '../queries/case.ts';
import { fill } from '../queries/fill.ts';
import { addDays } from '../oracle/days.ts';
import type { Question } from '../oracle/scope.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { expectFormulas, expectRows } from './openings.ts';
import { questions } from './questions.ts';
import { runs } from './runs.ts';
import { studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** Reports whose numbers open, with the columns that must be exactly the count or the sum of their rows. */
const exact: Readonly<Record<string, readonly string[]>> = {
  funnel: ['people', 'rate_hits', 'rate_base', 'skipped', 'cancelled_people', 'amount'],
  funnel_trend: ['people', 'rate_hits', 'rate_base'],
  money: [
    'orders',
    'signed',
    'taken_back',
    'net',
    'upsold',
    'collected',
    'outstanding_0_15',
    'outstanding_16_60',
    'outstanding_over_60',
    'overpaid',
    'unassigned',
  ],
  reconciliation: ['orders', 'amount'],
  upsell_ladder: ['reached', 'offered', 'sold_orders', 'attach_hits', 'pieces', 'unfinished', 'amount'],
  revenue_change: [
    'amount_before',
    'amount_after',
    'value_before',
    'value_after',
    'total_before',
    'total_after',
  ],
  contributions: [
    'leads',
    'visits',
    'orders',
    'amount',
    'reference_leads',
    'reference_orders',
    'reference_amount',
  ],
  period_change: ['hits_before', 'base_before', 'hits_after', 'base_after'],
  staff_figures: ['base', 'hits', 'unfinished', 'amount'],
  people_to_call: ['stopped', 'went_on', 'lost', 'open_people'],
  week_summary: [
    'orders',
    'repeat_orders',
    'orders_compared',
    'signed',
    'signed_compared',
    'upsold',
    'collected',
  ],
};

function given(report: string, { from, to, as_of, view, by, where }: Question, grain: string): RawParameters {
  const names = new Set(specNamed(report).parameters.map(({ name }) => name));
  const span = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  const compare = { compare_from: addDays(from, -span), compare_to: addDays(from, -1) };
  const filters = (where ?? []).map(([field, value]) => `${field}=${value}`);
  const all: RawParameters = { from, to, as_of, view, grain, by: by ?? '', where: filters, ...compare };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}

/** An answer, or nothing where the random studio has no such segment or value. */
async function answered(report: string, asked: RawParameters) {
  try {
    return await askByName(asOwner(laboratory), report, asked);
  } catch (error) {
    if (error instanceof Refusal && ['unknown_segment', 'unknown_value'].includes(error.code)) return null;
    throw error;
  }
}

describe.each(Object.keys(exact))('%s', (report) => {
  test('is the count or the sum of the rows that its numbers open to, and what its formulas say', async () => {
    let compared = 0;
    const spec = specNamed(report);
    const grains = report === 'money' ? ['all', 'week', 'day', 'month'] : ['week', 'month'];
    await fc.assert(
      fc.asyncProperty(
        studios,
        fc.array(fc.tuple(questions, fc.constantFrom(...grains)), { minLength: 2, maxLength: 2 }),
        fc.infiniteStream(fc.nat()),
        async (raw, asked, dice) => {
          await laboratory.load(raw);
          for (const [question, grain] of asked) {
            const answer = await answered(report, given(report, question, grain));
            if (answer === null) continue;
            const { params, rows } = answer;
            for (const row of rows) expectFormulas(report, params, row);
            const cells = rows.flatMap((row) =>
              (exact[report] ?? [])
                .filter((column) => row[column] !== null)
                .map((column) => ({ row, column, behind: rowsQuestion(spec, column, params, row) })),
            );
            for (let draw = 0; draw < Math.min(6, cells.length); draw += 1) {
              const cell = cells[(dice.next().value ?? 0) % cells.length];
              if (!cell?.behind) continue;
              await expectRows(asOwner(laboratory), report, cell.column, cell.row, cell.behind);
              compared += 1;
            }
          }
        },
      ),
      runs(12, 80),
    );
    expect(compared).toBeGreaterThan(10);
  });
});

describe('in a week in which a store lacks one list and hands in the others', () => {
  const [gap] = readCases(join(projectRoot(), 'test/queries')).filter(
    ({ report, name }) => report === 'missing_weeks' && name === 'one-store-stops',
  );
  const week: Question = {
    from: '2026-03-09',
    to: '2026-03-15',
    as_of: '2026-03-15',
    view: 'period',
    where: [],
  };

  // The given lists name nobody of the staff.
  test.each(Object.keys(exact).filter((report) => report !== 'staff_figures'))(
    'every number of %s is its rows, those of that store included',
    async (report) => {
      if (!gap) throw new Error('The case is gone.');
      await fill(laboratory.warehouse, gap.given);
      let compared = 0;
      for (const by of [undefined, 'store'] as const) {
        const leads: RawParameters = report === 'people_to_call' ? { step: '2', not_reached: '3' } : {};
        const asked = { ...given(report, { ...week, by }, 'week'), ...leads };
        const { params, rows } = await askByName(asOwner(laboratory), report, asked);
        for (const row of rows)
          for (const column of exact[report] ?? []) {
            const behind = rowsQuestion(specNamed(report), column, params, row);
            if (!behind || row[column] === null) continue;
            await expectRows(asOwner(laboratory), report, column, row, behind);
            compared += 1;
          }
      }
      expect(compared).toBeGreaterThan(0);
    },
  );
});
