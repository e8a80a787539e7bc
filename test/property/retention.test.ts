import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { retention } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { retentionOracle } from '../oracle/retention.ts';
import type { Deed } from '../oracle/retention.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios } from './studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const first = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const lastDay = '2026-02-14';

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({
    person: fc.constantFrom('a', 'b', 'c', 'd'),
    kind: fc.constantFrom('class', 'class', 'talk'),
    at: fc
      .integer({ min: 0, max: 45 * 24 - 1 })
      .map((at) => new Date(first + at * hour).toISOString().slice(0, 19).replace('T', ' ')),
  }),
  { minLength: 25, maxLength: 60 },
);

const questions = fc.record({
  cohort: fc.constantFrom('class', 'talk'),
  return: fc.constantFrom('class', 'talk'),
  entry: fc.constantFrom('first_time', 'first_in_range', 'recurring'),
  mode: fc.constantFrom('on', 'on_or_after', 'on_or_before', 'streak'),
  period: fc.constantFrom('day', 'week', 'month'),
  intervals: fc.constantFrom('calendar', 'rolling'),
  at_least: fc.constantFrom(1, 1, 2),
  from: fc.constantFrom('2026-01-01', '2026-01-12'),
  to: fc.constantFrom('2026-01-20', lastDay),
  as_of: fc.constant(lastDay),
} as const);

/** The same by hours, and by brackets of days since the start. */
const finer = fc.oneof(
  questions.map((question) => ({
    ...question,
    period: 'hour' as const,
    from: '2026-01-12',
    to: '2026-01-12',
  })),
  fc
    .tuple(questions, fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 5 }))
    .map(([question, days]) => ({ ...question, days: days.toSorted((a, b) => a - b) })),
);

/** The deeds as rows of the list `events`. */
const rowsOf = (given: readonly Deed[]) =>
  given.map(({ person, kind, at }, line) => ({
    event_id: `e${line}`,
    happened_at: at,
    kind,
    person_id: person,
    extra: '{}',
    batch_id: '1',
    line: String(line + 1),
    imported_on: '2099-12-31',
  }));

test('who comes back is what a second reckoning finds person by person, in every mode, entry and kind of interval', async () => {
  const seen = { cells: 0, back: 0 };
  await fc.assert(
    fc.asyncProperty(deeds, fc.array(questions, { minLength: 6, maxLength: 6 }), async (given, asked) => {
      await fill(warehouse, new Map([['events', rowsOf(given)]]));
      for (const question of asked) {
        const { rows } = await retention(asOwner({ warehouse }), { ...question, periods: 6 });
        const expected = retentionOracle(given, question);
        for (const row of rows)
          expect([JSON.stringify(question), row.starts_on, row.period_no, row.people]).toEqual([
            JSON.stringify(question),
            row.starts_on,
            row.period_no,
            expected.get(`${row.starts_on} ${row.period_no}`) ?? 0,
          ]);
        const told = new Set(rows.map((row) => `${row.starts_on} ${row.period_no}`));
        // Who is back stays so in periods to come, which have no cell yet.
        if (question.mode !== 'on_or_before')
          expect([...expected].filter(([cell]) => !told.has(cell))).toEqual([]);
        for (const row of rows) expect(row.people).toBeLessThanOrEqual(row.cohort_people);
        if (question.mode === 'on_or_after')
          for (const [at, row] of rows.entries())
            if (row.period_no > 0) expect(row.people).toBeLessThanOrEqual(rows[at - 1]?.people ?? 0);
        seen.cells += rows.length;
        seen.back += rows.filter(({ period_no, people }) => period_no > 0 && people > 0).length;
      }
    }),
    runs(12, 300),
  );
  expect(seen.back).toBeGreaterThan(20);
}, 120_000);

test('hours, and brackets of days since the own start, are reckoned person by person too', async () => {
  const seen = { hours: 0, brackets: 0 };
  await fc.assert(
    fc.asyncProperty(deeds, fc.array(finer, { minLength: 6, maxLength: 6 }), async (given, asked) => {
      await fill(warehouse, new Map([['events', rowsOf(given)]]));
      for (const question of asked) {
        const { days, ...rest } = { days: undefined, ...question };
        const { rows } = await retention(asOwner({ warehouse }), {
          ...rest,
          periods: 6,
          ...(days && { brackets: JSON.stringify(days) }),
        });
        const expected = retentionOracle(given, question);
        for (const row of rows) {
          const start =
            question.period === 'hour' ? String(row.starts_at).slice(0, 13).replace('T', ' ') : row.starts_on;
          expect([JSON.stringify(question), start, row.period_no, row.people]).toEqual([
            JSON.stringify(question),
            start,
            row.period_no,
            expected.get(`${start} ${row.period_no}`) ?? 0,
          ]);
          expect(row.people).toBeLessThanOrEqual(row.cohort_people);
        }
        const back = rows.filter(({ period_no, people }) => period_no > 0 && people > 0).length;
        seen[days ? 'brackets' : 'hours'] += back;
      }
    }),
    runs(12, 300),
  );
  expect(Math.min(seen.hours, seen.brackets)).toBeGreaterThan(5);
}, 120_000);

test('cohorts of all periods with such an event hold those of the first ever', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, questions, async (given, question) => {
      await fill(warehouse, new Map([['events', rowsOf(given)]]));
      const asked = async (entry: 'first_time' | 'recurring') => {
        const { rows } = await retention(asOwner({ warehouse }), { ...question, entry, periods: 6 });
        return new Map(rows.map((row) => [`${row.starts_on} ${row.period_no}`, row]));
      };
      const [first, every] = [await asked('first_time'), await asked('recurring')];
      expect([...every.keys()]).toEqual([...first.keys()]);
      for (const [cell, row] of first) {
        expect(row.cohort_people).toBeLessThanOrEqual(every.get(cell)?.cohort_people ?? 0);
        if (question.intervals === 'calendar')
          expect(row.people).toBeLessThanOrEqual(every.get(cell)?.people ?? 0);
        if (row.period_no === 0) expect(row.people).toBe(row.cohort_people);
      }
    }),
    runs(12, 300),
  );
}, 120_000);

test('cells divided by store or channel sum to those of the whole', async () => {
  const seen = { values: 0 };
  await fc.assert(
    fc.asyncProperty(busyStudios, questions, fc.constantFrom('store', 'channel'), async (raw, drawn, by) => {
      await warehouse.write(async (transaction) => {
        await fillExports(transaction, raw);
        await rebuildModels(transaction);
      });
      const days = { from: addDays(baseDay, -30), to: addDays(baseDay, 30), as_of: addDays(baseDay, 45) };
      const question = { ...drawn, ...days, cohort: 'any', return: 'any', periods: 6 };
      const { rows: whole } = await retention(asOwner({ warehouse }), question);
      const { rows: parts } = await retention(asOwner({ warehouse }), { ...question, by });
      const summed = new Map<string, number[]>();
      for (const row of parts) {
        const cell = `${row.starts_on} ${row.period_no}`;
        const [cohort = 0, people = 0, acts = 0] = summed.get(cell) ?? [];
        summed.set(cell, [cohort + row.cohort_people, people + row.people, acts + row.acts]);
      }
      for (const row of whole) {
        if (row.cohort_people === 0) continue;
        expect([row.starts_on, row.period_no, summed.get(`${row.starts_on} ${row.period_no}`)]).toEqual([
          row.starts_on,
          row.period_no,
          [row.cohort_people, row.people, row.acts],
        ]);
      }
      seen.values += new Set(parts.map(({ segment }) => segment)).size;
    }),
    runs(12, 200),
  );
  expect(seen.values).toBeGreaterThan(10);
}, 120_000);
