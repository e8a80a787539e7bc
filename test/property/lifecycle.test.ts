import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { lifecycle } from '#lib/server/reports.gen.ts';
import type { LifecycleParams } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import type { Raw } from '../oracle/tables.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';
import { baseDay, studios } from './studio.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

type Act = { client: string; kind: string; day: string };
type Asked = { cohort: string; return?: string; period: 'day' | 'week' | 'month' };

const acts = () =>
  warehouse.query<Act>(`
    select coalesce(k.client_id, e.person_id) as client, e.kind as kind, e.happened_at::date::varchar as day
    from events e
    left join client_links k on k.person_id = e.person_id
    where e.kind <> 'upsell' or e.outcome = 'sold'`);

const asked: fc.Arbitrary<Asked> = fc.record(
  {
    cohort: fc.constantFrom('order', 'any', 'visit', 'lead'),
    return: fc.constantFrom('upsell', 'payment'),
    period: fc.constantFrom('day', 'week', 'month'),
  },
  { requiredKeys: ['cohort', 'period'] },
);

const WEEK_MS = 7 * 86_400_000;

/** The place of a day among the periods; weeks begin on Mondays, as 1969-12-29 was. */
function placeOf(period: Asked['period'], day: string): number {
  if (period === 'month') return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const since = Date.parse(`${day}T00:00:00Z`) - Date.parse('1969-12-29T00:00:00Z');
  return Math.floor(since / (period === 'day' ? 86_400_000 : WEEK_MS));
}

function countOf(all: readonly Act[], { cohort, return: other, period }: Asked, place: number) {
  const isAsked = (kind: string) =>
    kind === cohort ||
    kind === other ||
    (cohort === 'any' && ['order', 'upsell', 'visit', 'referral'].includes(kind));
  const mine = Object.groupBy(
    all.filter(({ kind }) => isAsked(kind)),
    ({ client }) => client,
  );
  const places = Object.values(mine).map((own = []) => new Set(own.map(({ day }) => placeOf(period, day))));
  const here = places.filter((set) => set.has(place));
  const before = places.filter((set) => set.has(place - 1));
  const fresh = here.filter((set) => Math.min(...set) === place);
  const returning = here.filter((set) => set.has(place - 1));
  return {
    active: here.length,
    new: fresh.length,
    returning: returning.length,
    resurrecting: here.length - fresh.length - returning.length,
    dormant: before.filter((set) => !set.has(place)).length,
  };
}

describe('the life cycle', () => {
  test('tells in each period who is new, stays, comes again or stays away, as counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(
        studios,
        fc.array(asked, { minLength: 3, maxLength: 3 }),
        async (raw: Raw, questions) => {
          await warehouse.write(async (transaction) => {
            await fillExports(transaction, raw);
            await rebuildModels(transaction);
          });
          const all = await acts();
          for (const question of questions) {
            const params: LifecycleParams = {
              ...question,
              from: addDays(baseDay, 7),
              to: addDays(baseDay, 40),
              as_of: addDays(baseDay, 120),
            };
            const { rows } = await lifecycle(asOwner({ warehouse }), params);
            for (const { starts_on, active, new: fresh, returning, resurrecting, dormant } of rows)
              expect(
                { active, new: fresh, returning, resurrecting, dormant },
                JSON.stringify([question, starts_on]),
              ).toEqual(countOf(all, question, placeOf(question.period, starts_on)));
            for (const [at, row] of rows.entries()) {
              const last = rows[at - 1];
              if (last) expect(row.returning + row.dormant, 'of those before').toBe(last.active);
            }
          }
        },
      ),
      runs(8, 400),
    );
  });

  test('of a segment and of the others adds up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(studios, async (raw: Raw) => {
        await warehouse.write(async (transaction) => {
          await fillExports(transaction, raw);
          await rebuildModels(transaction);
        });
        const params = {
          period: 'week',
          from: baseDay,
          to: addDays(baseDay, 42),
          as_of: addDays(baseDay, 60),
        } as const;
        const asker = asOwner({ warehouse });
        const whole = await lifecycle(asker, params);
        const split = await lifecycle(asker, { ...params, by: 'store' });
        for (const { starts_on, ...row } of whole.rows)
          for (const count of ['active', 'new', 'returning', 'resurrecting', 'dormant'] as const) {
            const parts = split.rows.filter((part) => part.starts_on === starts_on);
            expect(parts.reduce((sum, part) => sum + part[count], 0)).toBe(row[count]);
          }
      }),
      runs(4, 200),
    );
  });
});
