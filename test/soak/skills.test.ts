import { expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { staffComparison, type StaffComparisonRow } from '#lib/server/reports.gen.ts';
import { generate } from '../../data/sample/generator/generate.ts';
import { sampleParameters } from '../../data/sample/generator/parameters.ts';
import { csv } from '../../data/sample/generator/tables.ts';
import { truthOf } from '../../data/sample/generator/truth.ts';
import { addDays } from '../oracle/days.ts';
import { rankCorrelation, withLists } from './recovery.ts';

const SEEDS = 12;

const figures = ['visit_orders', 'lead_orders', 'lead_visits'] as const;
type Seen = { figure: (typeof figures)[number]; days: number; raw: number; fair: number };

/** Rank correlations of planted skills with raw rates and with shrunken rates less what was expected, for one seed. */
async function seenWith(seed: number): Promise<Seen[]> {
  const tables = generate(sampleParameters, seed);
  const truth = truthOf(sampleParameters, seed);
  const text = (name: string) => {
    const table = tables[name];
    if (!table) throw new Error(`the sample has no ${name}`);
    return csv(table);
  };
  const lists = { leads: text('leads'), visits: text('visits'), orders: text('orders') };
  return withLists(lists, truth.last_day, async (app) => {
    const seen: Seen[] = [];
    for (const figure of figures)
      for (const days of [91, 364]) {
        const from = addDays(truth.last_day, -days);
        const { rows } = await staffComparison(asOwner(app), { figure, from, to: truth.last_day });
        const planted: Record<string, number> = figure === 'visit_orders' ? truth.sellers : truth.inviters;
        const correlation = (value: (row: StaffComparisonRow) => number | null) =>
          rankCorrelation(rows.map((row) => [planted[row.staff_id] ?? NaN, value(row) ?? NaN]));
        seen.push({
          figure,
          days,
          raw: correlation(({ rate }) => rate),
          fair: correlation(({ difference }) => difference),
        });
      }
    return seen;
  });
}

test(`over ${SEEDS} seeds the shrunken rate beside the expectation orders planted skills better than the raw rate`, async () => {
  const all: Seen[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) all.push(...(await seenWith(seed)));
  for (const figure of figures)
    for (const days of [91, 364]) {
      const seen = all.filter((one) => one.figure === figure && one.days === days);
      const mean = (of: (one: Seen) => number) => seen.reduce((sum, one) => sum + of(one), 0) / seen.length;
      const [raw, fair] = [mean((one) => one.raw), mean((one) => one.fair)];
      console.log(`${figure}, ${days} days: raw ${raw.toFixed(3)}, fair ${fair.toFixed(3)}`);
      if (figure !== 'lead_visits') expect(fair).toBeGreaterThan(raw);
    }
});
