import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '#lib/server/reports/audience.ts';
import { stageFlow } from '#lib/server/reports.gen.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import { lead, order, raw, upsell, visit } from '../oracle/rows.ts';
import { stageOn } from '../oracle/stages.ts';
import type { ClientAct } from '../oracle/stages.ts';
import { openEmptyWarehouse } from '../queries/fill.ts';
import { fillExports } from './exports.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const FIRST = '2012-01-31';
const YEARS = 14 * 365;

/** Acts of a few customers over many years, now and then years apart, now and then on one day. */
const histories = fc.array(
  fc.record({
    kind: fc.constantFrom('order', 'order', 'visit', 'upsell', 'referral'),
    customer: fc.constantFrom('A', 'B', 'C'),
    day: fc
      .oneof(
        fc.integer({ min: 0, max: YEARS }),
        fc.integer({ min: 0, max: 14 }).map((year) => year * 365),
      )
      .map((offset) => addDays(FIRST, offset)),
  }),
  { minLength: 3, maxLength: 24 },
);

type Told = { kind: string; customer: string; day: string };

function listed(acts: readonly Told[]) {
  const of = (kind: string) => acts.map((act, at) => ({ ...act, at })).filter((act) => act.kind === kind);
  const firstOrder = (customer: string) => of('order').find((act) => act.customer === customer)?.at;
  const line = (at: number) => ({ line: at + 1 });
  return raw({
    orders: of('order').map(({ customer, day, at }) =>
      order({ order_id: `o${at}`, ordered_at: `${day}T10:00:00`, customer_id: customer, ...line(at) }),
    ),
    visits: of('visit').map(({ customer, day, at }) =>
      visit({ visit_id: `v${at}`, visited_at: `${day}T10:00:00`, customer_id: customer, ...line(at) }),
    ),
    upsells: of('upsell').flatMap(({ customer, day, at }) => {
      const ofOrder = firstOrder(customer);
      return ofOrder === undefined
        ? []
        : [upsell({ upsell_id: `u${at}`, sold_at: `${day}T11:00:00`, order_id: `o${ofOrder}`, ...line(at) })];
    }),
    leads: of('referral').map(({ customer, day, at }) =>
      lead({ lead_id: `l${at}`, created_at: `${day}T09:00:00`, referrer_customer_id: customer, ...line(at) }),
    ),
    batches: [{ batch_id: 1, imported_on: '2099-12-31', withdrawn: false }],
  });
}

describe('the stages of clients', () => {
  test('are, on every day, what the rules say of the acts until then, and follow each other without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.integer({ min: 0, max: YEARS + 2000 }), { minLength: 12, maxLength: 12 }),
        async (acts, offsets) => {
          await warehouse.write(async (transaction) => {
            await fillExports(transaction, listed(acts));
            await rebuildModels(transaction);
          });
          const known = await warehouse.query<{ client: string; kind: string; day: string }>(
            'select client_id as client, kind as kind, happened_on::varchar as day from client_acts order by 1, 3, 2',
          );
          const spans = await warehouse.query<
            Record<'client' | 'from' | 'stage', string> & { until: string | null }
          >(`
            select c.client_id as client, s.from_on::varchar as "from", s.until_on::varchar as until, s.stage as stage
            from client_stages s join clients c on c.client_no = s.client_no
            order by 1, 2`);
          for (const [client, own = []] of Object.entries(Object.groupBy(known, (act) => act.client))) {
            const stages = spans.filter((span) => span.client === client);
            expect(stages[0]?.from).toBe(own[0]?.day);
            for (const [at, { from }] of stages.entries())
              if (at > 0) expect(from).toBe(addDays(stages[at - 1]?.until ?? '', 1));
            expect(stages.at(-1)?.until).toBeNull();
            const asked = [...offsets.map((offset) => addDays(FIRST, offset)), ...edges(own, stages)];
            for (const day of asked.filter((one) => one >= (own[0]?.day ?? '')))
              expect(
                stages.find(({ from, until }) => from <= day && (until === null || day <= until))?.stage,
                `${client} on ${day}`,
              ).toBe(stageOn(own, day));
          }
        },
      ),
      runs(12, 600),
    );
  });

  test('flow into each other: what flows in stands there at the end of the period, and stood somewhere at the end of the one before', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom('month', 'year'), async (acts, period) => {
        await warehouse.write(async (transaction) => {
          await fillExports(transaction, listed(acts));
          await rebuildModels(transaction);
        });
        const [from, as_of] = ['2016-03-10', '2021-08-20'];
        const { rows } = await stageFlow(asOwner({ warehouse }), { period, from, to: as_of, as_of });
        const standing = (day: string) =>
          warehouse.query<{ stage: string; people: number }>(
            `select s.stage as stage, count(*)::bigint as people from client_stages s
             where $day::date between s.from_on and coalesce(s.until_on, $day::date) group by 1 order by 1`,
            { day },
          );
        const sums = (own: typeof rows, key: 'stage' | 'came_from') =>
          Object.entries(Object.groupBy(own, (row) => row[key] ?? ''))
            .map(([stage, list = []]) => ({
              stage,
              people: list.reduce((sum, { people }) => sum + people, 0),
            }))
            .filter(({ stage }) => stage !== '')
            .toSorted((a, b) => (a.stage < b.stage ? -1 : 1));
        for (const own of Object.values(Object.groupBy(rows, ({ ends_on }) => ends_on))) {
          const [{ starts_on, ends_on } = { starts_on: from, ends_on: as_of }] = own ?? [];
          expect(sums(own ?? [], 'stage')).toEqual(await standing(ends_on));
          expect(sums(own ?? [], 'came_from')).toEqual(await standing(addDays(starts_on, -1)));
        }
      }),
      runs(6, 300),
    );
  });
});

/** The days on which something changes, and those beside them. */
const edges = (acts: readonly ClientAct[], spans: readonly { from: string }[]) =>
  [...acts.map(({ day }) => day), ...spans.map(({ from }) => from)].flatMap((day) => [
    addDays(day, -1),
    day,
    addDays(day, 1),
  ]);
