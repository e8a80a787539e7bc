import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { attribution, attributionPaths } from '#lib/server/reports.gen.ts';
import type { AttributionRow } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { markovCredits } from '#lib/stats/markov-credits.ts';
import { shapleyCredits } from '#lib/stats/shapley-credits.ts';
import type { Credit } from '#lib/stats/touch-paths.ts';
import { rules, walks } from '../oracle/attribution.ts';
import type { Walk } from '../oracle/attribution.ts';
import { clientLinks } from '../oracle/client-links.ts';
import { addDays } from '../oracle/days.ts';
import { paths } from '../oracle/journeys.ts';
import { currentFacts } from '../oracle/tables.ts';
import type { Raw } from '../oracle/tables.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { baseDay, studios } from './studio.ts';
import { touchedStudios } from './touched-studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const build = (raw: Raw) =>
  warehouse.write(async (transaction) => {
    await fillExports(transaction, raw);
    await rebuildModels(transaction);
  });

const marketer: Viewer = { kind: 'person', id: 'm', name: 'm', role: 'marketer' };
const questions = fc.record({
  by: fc.constantFrom('channel' as const, 'campaign' as const),
  window_days: fc.constantFrom(1, 2, 7, 30, 730),
  half_life_days: fc.integer({ min: 1, max: 60 }),
  last: fc.integer({ min: 5, max: 60 }),
});
const daysOf = (last: number) => ({
  from: addDays(baseDay, -30),
  to: addDays(baseDay, last),
  as_of: addDays(baseDay, 60),
});

const cents = (money: string) => Math.round(Number(money) * 100);
const methodsOf = (rows: readonly AttributionRow[]) => [
  ...Map.groupBy(rows, ({ method }) => method).values(),
];

/** What each channel is credited with in orders by a way, not rounded; the walks without a touch are left out. */
function creditsOf(method: string, found: readonly Walk[], halfLife: number): Map<string, number> {
  const touched = found.filter(({ channels }) => channels.length > 0);
  const rule = rules[method];
  if (rule === undefined) {
    const own = touched.map(({ channels, ordered }) => ({
      channels,
      people: 1,
      buyers: Number(ordered),
      worth: Number(ordered),
    }));
    const credits: readonly Credit[] =
      method === 'shapley' ? shapleyCredits(own) : markovCredits(own, method === 'markov_1' ? 1 : 2);
    return new Map(credits.map(({ channel, credit }) => [String(channel), credit]));
  }
  const credits = new Map<string, number>();
  for (const walk of touched.filter(({ ordered }) => ordered))
    for (const [at, share] of rule(walk, halfLife).entries()) {
      const channel = walk.channels[at] ?? '';
      credits.set(channel, (credits.get(channel) ?? 0) + share);
    }
  return credits;
}

describe('attribution', () => {
  test('divides what a second reckoning finds that walks from order to order, but for rounding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(studios, touchedStudios, touchedStudios),
        questions,
        async (raw, { last, ...question }) => {
          await build(raw);
          const asked = { ...daysOf(last), ...question };
          const facts = currentFacts(raw);
          const journeys = paths(facts);
          const found = walks(journeys, clientLinks(facts, journeys), asked);
          const { rows } = await attribution(asOwner({ warehouse }), asked);
          for (const of of methodsOf(rows)) {
            const credits = creditsOf(of[0]?.method ?? '', found, question.half_life_days);
            for (const row of of) {
              const wanted =
                row.kind === 'untouched'
                  ? found.filter(({ channels }) => channels.length === 0).length
                  : (credits.get(`${row.kind} ${row.channel ?? ''}`) ?? 0);
              expect(Math.abs(Number(row.orders) - wanted)).toBeLessThan(0.01 + 1e-6);
            }
          }
          expect(rows[0]?.all_orders ?? 0).toBe(found.filter(({ ordered }) => ordered).length);
        },
      ),
      runs(12, 400),
    );
  });

  test('credits by each of eight ways all orders of the period and all their money, and by those that know no chain nothing to a channel without an order', async () => {
    await fc.assert(
      fc.asyncProperty(touchedStudios, questions, async (raw, { last, ...question }) => {
        await build(raw);
        const days = daysOf(last);
        const [all] = await warehouse.query<{ orders: number; amount: string }>(
          `select count(*)::bigint as orders, coalesce(sum(a.signed), 0)::decimal(18,2) as amount from acts a
           where a.kind = 'order' and a.happened_on between '${days.from}'::date and '${days.to}'::date`,
        );
        const { rows } = await attribution(asOwner({ warehouse }), { ...days, ...question });
        if (rows.length > 0) expect(methodsOf(rows)).toHaveLength(8);
        for (const of of methodsOf(rows)) {
          expect(of.reduce((sum, row) => sum + cents(row.orders), 0)).toBe(100 * (all?.orders ?? 0));
          expect(of.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(all?.amount ?? ''));
        }
        for (const row of rows)
          if (row.touched_orders === 0 && !row.method.startsWith('markov'))
            expect([row.orders, row.amount]).toEqual(['0.00', '0.00']);
      }),
      runs(12, 400),
    );
  });

  test('is of the paths that are told: as many orders, as much money, and no path open whose window has run out', async () => {
    await fc.assert(
      fc.asyncProperty(touchedStudios, questions, async (raw, { last, by, window_days }) => {
        await build(raw);
        const question = { ...daysOf(last), by, window_days };
        const [first] = (await attribution(asOwner({ warehouse }), question)).rows;
        const { rows } = await attributionPaths(asOwner({ warehouse }), question);
        expect(rows.reduce((sum, row) => sum + row.orders, 0)).toBe(first?.all_orders ?? 0);
        expect(rows.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(first?.all_amount ?? '0'));
        for (const row of rows) {
          expect(row.open_people).toBeLessThanOrEqual(row.people - row.orders);
          if (last + window_days <= 60) expect(row.open_people).toBe(0);
        }
      }),
      runs(8, 200),
    );
  });

  test('tells marketers the same sums, and of no channel that touched fewer than five clients, or one to four orders', async () => {
    await fc.assert(
      fc.asyncProperty(touchedStudios, questions, async (raw, { last, ...question }) => {
        await build(raw);
        const asked = { ...daysOf(last), ...question };
        const { rows } = await attribution({ warehouse, viewer: marketer }, asked);
        const [whole] = (await attribution(asOwner({ warehouse }), asked)).rows;
        for (const of of methodsOf(rows)) {
          expect(of.reduce((sum, row) => sum + cents(row.amount), 0)).toBe(cents(whole?.all_amount ?? ''));
          if (of.length === 1) continue;
          expect(Math.min(...of.map(({ clients }) => clients))).toBeGreaterThanOrEqual(5);
          const told = of.filter(({ kind }) => kind !== 'too_few').map((row) => row.touched_orders);
          expect(told.filter((orders) => orders > 0 && orders < 5)).toEqual([]);
          const hidden = of.find(({ kind }) => kind === 'too_few')?.touched_orders ?? 0;
          if (hidden > 0 && hidden < 5) expect(Math.max(...told)).toBeLessThan(5);
        }
      }),
      runs(8, 200),
    );
  });
});
