import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportText } from '#lib/server/reports/texts.ts';
import type { DataSpanRow } from '#lib/server/reports.gen.ts';
import { addDays } from '../oracle/days.ts';
import { paths } from '../oracle/journeys.ts';
import {
  deskRowsOf,
  expectationsOf,
  type DeskQuestion,
  type DeskRow,
  type Desks,
  type ExpectationRow,
  type Followup,
} from '../oracle/staff.ts';
import { lead, order, raw as rawOf, visit } from '../oracle/rows.ts';
import { currentFacts, type Raw } from '../oracle/tables.ts';
import type { LadderRow } from '../oracle/upsell-ladder.ts';
import { expectSameRows } from './comparing.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay, busyStudios, studios } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** Asked of nobody in particular. */
const everybody = { staff: null, store: null };

const TOUCHPOINTS = ['sale', 'shoot', 'viewing', 'pickup'];

const offsets = fc.integer({ min: 0, max: 42 }).map((days) => addDays(baseDay, days));

const questions: fc.Arbitrary<DeskQuestion> = fc
  .tuple(
    offsets,
    offsets,
    fc.integer({ min: 0, max: 80 }),
    fc.constantFrom('all', 'week', 'month', 'quarter'),
  )
  .map(([a, b, age, grain]): DeskQuestion => {
    const [from, to] = a < b ? [a, b] : [b, a];
    return { from, to, as_of: addDays(from, age), grain };
  });

const followups: fc.Arbitrary<Followup[]> = fc
  .array(
    fc.record({
      done_at: fc
        .tuple(offsets, fc.constantFrom('09:00:00', '18:30:15'))
        .map(([day, time]) => `${day}T${time}`),
      lead_id: fc.option(fc.constantFrom('l1', 'l2', 'l3', 'l4', 'l5', 'l6'), { freq: 3, nil: null }),
      visit_id: fc.option(fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7'), { freq: 1, nil: null }),
      kind: fc.constantFrom('call', 'call', 'sms', 'letter', 'offer', 'thanks'),
      staff_id: fc.option(fc.constantFrom('s1', 's2', 's3'), { freq: 4, nil: null }),
    }),
    { maxLength: 12, size: 'max' },
  )
  .map((list) => list.map((row, at) => ({ ...row, followup_id: `f${String(at).padStart(2, '0')}` })));

const partners = fc.array(fc.option(fc.constantFrom('s1', 's2', 's4'), { freq: 2, nil: null }), {
  minLength: 15,
  maxLength: 15,
});

/** Fills the warehouse with a studio, its follow-ups, and who sold upsells with whom. */
async function load(raw: Raw, calls: Followup[], people: (string | null)[]): Promise<Desks> {
  await laboratory.load(raw);
  const given = new Map(people.map((person, at) => [`u${at + 1}`, person]));
  await laboratory.warehouse.write(async (transaction) => {
    await transaction.run('delete from exports.followups');
    for (const [upsell, person] of given)
      if (person !== null)
        await transaction.run(
          `update exports.upsells set co_staff_id = '${person}' where upsell_id = '${upsell}'`,
        );
    for (const { followup_id, done_at, lead_id, visit_id, kind, staff_id } of calls)
      await transaction.run(
        `insert into exports.followups (followup_id, done_at, lead_id, visit_id, kind, staff_id, batch_id, line, imported_on)
         values (${[followup_id, done_at, lead_id, visit_id, kind, staff_id].map((text) => (text === null ? 'null' : `'${text}'`)).join(', ')}, 1, 1, date '2099-12-31')`,
      );
  });
  const facts = currentFacts(raw);
  return { facts, everyPath: paths(facts), followups: calls, partners: given };
}

/** Leads of few channels, stores and people, each with a consultation, and most of them with an order. */
const consultations: fc.Arbitrary<Raw> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 42 }).map((days) => addDays(baseDay, days)),
      channel: fc.option(fc.constantFrom('抖音', 'fair'), { freq: 4, nil: null }),
      store: fc.option(fc.constantFrom('东店', 'west'), { freq: 4, nil: null }),
      people: fc.tuple(
        fc.constantFrom('s1', 's2', 's3'),
        fc.option(fc.constantFrom('s1', 's2', 's3', 's4'), { freq: 8 }),
      ),
      wait: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 2, nil: null }),
      status: fc.constantFrom('active' as const, 'cancelled' as const),
    }),
    { minLength: 15, maxLength: 70, size: 'max' },
  )
  .map((list) =>
    rawOf({
      leads: list.map(({ day, channel, store, people: [staff_id] }, at) =>
        lead({ lead_id: `l${at}`, created_at: `${day}T09:00:00`, channel, store, staff_id }),
      ),
      visits: list.map(({ day, people: [, staff_id] }, at) =>
        visit({
          visit_id: `v${at}`,
          visited_at: `${day}T10:00:00`,
          lead_id: `l${at}`,
          store: null,
          staff_id,
        }),
      ),
      orders: list.flatMap(({ day, wait, status, people: [, staff_id] }, at) =>
        wait === null
          ? []
          : [
              order({
                order_id: `o${at}`,
                ordered_at: `${addDays(day, wait)}T11:00:00`,
                lead_id: `l${at}`,
                store: null,
                staff_id,
                status,
                cancelled_at: status === 'cancelled' ? `${addDays(day, wait + 5)}T00:00:00` : null,
              }),
            ],
      ),
    }),
  );

const keyOf = ({ staff_id, figure, starts_on }: DeskRow) => `${staff_id} ${figure} ${starts_on}`;

describe('the desks', () => {
  test('are counted as somebody would who goes through every lead, visit, order, upsell and follow-up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(studios, busyStudios),
        followups,
        partners,
        fc.array(questions, { minLength: 3, maxLength: 3 }),
        async (raw, calls, people, asked) => {
          const desks = await load(raw, calls, people);
          for (const question of asked) {
            const rows = await laboratory.ask<DeskRow>('staff_figures', { ...question, ...everybody });
            const own = rows.filter(({ figure }) => !TOUCHPOINTS.includes(figure));
            expectSameRows(own, deskRowsOf(desks, question), keyOf);
          }
        },
      ),
      runs(6, 400),
    );
  });

  test('sell at each touchpoint what the ladder says by who sold', async () => {
    await fc.assert(
      fc.asyncProperty(
        busyStudios,
        fc.array(questions, { minLength: 2, maxLength: 2 }),
        async (raw, asked) => {
          await laboratory.load(raw);
          for (const { from, to, as_of } of asked) {
            const period = { from, to, as_of };
            const rows = await laboratory.ask<DeskRow & { per_unit: string }>('staff_figures', {
              ...period,
              grain: 'all',
              ...everybody,
            });
            const ladder = await laboratory.ask<LadderRow>('upsell_ladder', {
              ...period,
              view: 'period',
              by: 'upsell_seller',
              where: [],
            });
            const seen = ladder.filter(
              ({ segment, reached, touchpoint }) =>
                segment !== null && touchpoint !== null && reached !== null,
            );
            expectSameRows(
              rows
                .filter(({ figure }) => TOUCHPOINTS.includes(figure))
                .map(({ staff_id, figure, base, hits, rate, per_unit }) => ({
                  staff_id,
                  figure,
                  base,
                  hits,
                  rate,
                  per_unit,
                })),
              seen.map((row) => ({
                staff_id: row.segment,
                figure: row.touchpoint,
                base: row.reached,
                hits: row.attach_hits,
                rate: row.attach_rate,
                per_unit: row.amount_per_reached,
              })),
              ({ staff_id, figure }) => `${staff_id ?? ''} ${figure ?? ''}`,
            );
          }
        },
      ),
      runs(5, 200),
    );
  });

  test('expect of each person what others reach with the same channels and stores, and for staff what several of them reach together', async () => {
    const text = reportText('staff_comparison').body;
    const seen = { open: 0, near: 0 };
    await fc.assert(
      fc.asyncProperty(consultations, fc.constantFrom(1, 4, 30), async (raw, units) => {
        const desks = await load(raw, [], []);
        const [span] = await laboratory.ask<DataSpanRow>('data_span', {});
        const period = {
          from: span?.compared_from ?? '',
          to: span?.compared_to ?? '',
          as_of: span?.last_day ?? '',
        };
        for (const figure of ['visit_orders', 'lead_visits', 'lead_orders', 'cancellations'])
          for (const people of [null, 2]) {
            // small studios rarely have 30 of anything, or five people, beside each other
            const sql = text
              .replaceAll('_base >= 30', `_base >= ${units}`)
              .replace('people >= 5', 'people >= 2');
            const params = { ...period, figure, against: 'mix', ...everybody };
            const rows = (await laboratory.query(
              sql,
              people === null ? params : { ...params, viewer_staff: 's1' },
            )) as ExpectationRow[];
            expectSameRows(
              rows,
              expectationsOf(desks, { ...period, grain: 'all' }, figure, { units, people }),
              ({ staff_id }) => staff_id,
            );
            const told = people === null ? [] : rows.filter(({ expected }) => expected !== null);
            seen.open += told.length;
            seen.near += told.filter(({ base, fallback_base }) => fallback_base < base).length;
          }
      }),
      runs(5, 200),
    );
    expect(Math.min(seen.open, seen.near)).toBeGreaterThan(0);
  });
});
