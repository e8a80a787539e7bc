import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#lib/access/viewer.ts';
import { dataSpan, staffComparison } from '#lib/server/reports.gen.ts';
import type { StaffComparisonRow } from '#lib/server/reports.gen.ts';
import { addDays } from '../oracle/days.ts';
import { lead, order, raw as rawOf, visit } from '../oracle/rows.ts';
import type { Raw } from '../oracle/tables.ts';
import { openLaboratory, type Laboratory } from './laboratory.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

const me: Viewer = { kind: 'person', id: 's', name: 's', role: 'staff', staffId: 's1' };

/** Seven sellers, of whom s1 and s2 are alone in their store, and how many consultations each had of each channel. */
const house = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'].map((staff) => ({
  staff,
  store: staff === 's1' || staff === 's2' ? '东店' : 'west',
  units: staff === 's2' ? 32 : 12,
}));
const channels = ['douyin', 'fair'];
const mine = 12;
const others = house
  .slice(1)
  .flatMap(({ staff, store, units }) => Array.from({ length: units }, () => ({ staff, store })));

/** Of each channel which consultations signed: one's own, and of all others in the order of `others`. */
type Outcomes = { own: boolean[]; others: boolean[] }[];
const signed = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length });
const outcomes = fc.tuple(
  ...channels.map(() => fc.record({ own: signed(mine), others: signed(others.length) })),
);

function houseWith(of: Outcomes): Raw {
  const units = of.flatMap(({ own, others: theirs }, at) => [
    ...own.map((hit) => ({ staff: 's1', store: '东店', channel: channels[at] ?? null, hit })),
    ...others.map((one, place) => ({ ...one, channel: channels[at] ?? null, hit: theirs[place] ?? false })),
  ]);
  return rawOf({
    leads: [
      ...units.map(({ channel, store }, at) =>
        lead({ lead_id: `l${at}`, created_at: `${addDays(baseDay, at % 20)}T09:00:00`, channel, store }),
      ),
      lead({ lead_id: 'last', created_at: `${addDays(baseDay, 80)}T09:00:00` }),
    ],
    visits: units.map(({ staff, store }, at) =>
      visit({
        visit_id: `v${at}`,
        visited_at: `${addDays(baseDay, at % 20)}T10:00:00`,
        lead_id: `l${at}`,
        store,
        staff_id: staff,
      }),
    ),
    orders: units.flatMap(({ staff, store, hit }, at) =>
      hit
        ? [
            order({
              order_id: `o${at}`,
              ordered_at: `${addDays(baseDay, at % 20)}T11:00:00`,
              lead_id: `l${at}`,
              store,
              staff_id: staff,
            }),
          ]
        : [],
    ),
  });
}

/** What s1 is told: of the compared days, and of all others that begin or end a week off. */
async function told(of: Outcomes): Promise<{ usual: StaffComparisonRow; others: StaffComparisonRow[] }> {
  await laboratory.load(houseWith(of));
  const asker = { warehouse: laboratory.warehouse, viewer: me };
  const [span] = (await dataSpan(asker, {})).rows;
  const days = { from: span?.compared_from ?? '', to: span?.compared_to ?? '' };
  const asked = [
    {},
    { from: addDays(days.from, 7) },
    { to: addDays(days.to, -70) },
    { to: addDays(days.to, 1) },
    { as_of: addDays(days.to, 29) },
    { against: 'all' as const },
  ].map(async (other) => (await staffComparison(asker, { ...days, ...other })).rows);
  const [[usual] = [], ...rest] = await Promise.all(asked);
  if (!usual) throw new Error('s1 has consultations');
  return { usual, others: rest.flat() };
}

/** What of a row follows from how single others stand, never from what they all reach together. */
const distribution: readonly string[] = [
  'precision',
  'shrunken',
  'shrunken_low',
  'shrunken_high',
  'difference',
  'difference_low',
  'difference_high',
  'colleagues',
  'colleagues_low',
  'colleagues_middle',
  'colleagues_high',
];
const without = (row: StaffComparisonRow) =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !distribution.includes(column)));

describe('where two of seven sellers are alone in their store', () => {
  test('who of the others reached what tells one of the two nothing of the other, as long as all reach the same together', async () => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(outcomes, fc.integer({ min: 1, max: 31 }), async (of, turn) => {
        const before = await told(of);
        const turned = of.map(({ own, others: theirs }) => ({
          own,
          others: [...theirs.slice(turn), ...theirs.slice(0, turn)],
        }));
        const after = await told(turned);
        expect(without(after.usual)).toEqual(without(before.usual));
        const { usual } = after;
        const [e, precision] = [usual.expected ?? NaN, usual.precision ?? Infinity];
        expect(usual).toMatchObject({
          open: true,
          fallback_base: 24,
          rank: null,
          ranked: null,
          house_rate: null,
        });
        expect(usual.shrunken).toBeCloseTo(
          precision === Infinity ? e : (precision * e + usual.hits) / (precision + usual.base),
          9,
        );
        const ofStore = (all: Outcomes) =>
          all.flatMap(({ others: theirs }) => theirs.slice(0, 32)).filter(Boolean);
        moved += Math.abs(ofStore(turned).length - ofStore(of).length);
      }),
      { ...runs(2, 60), endOnFailure: true },
    );
    expect(moved).toBeGreaterThan(0);
  });

  test('between nothing and all that the other one may reach what is expected moves by the share in what all others did, and no other question tells anything', async () => {
    await fc.assert(
      fc.asyncProperty(outcomes, async (of) => {
        const withColleague = (hit: boolean) =>
          of.map(({ own, others: theirs }) => ({
            own,
            others: theirs.map((was, at) => (at < 32 ? hit : was)),
          }));
        const before = await told(withColleague(false));
        const after = await told(withColleague(true));
        const moved = (after.usual.expected ?? NaN) - (before.usual.expected ?? NaN);
        expect(moved).toBeCloseTo(32 / others.length, 9);
        expect(after.others).toEqual(before.others);
        expect(after.others.map(({ verdict, expected }) => [verdict, expected])).toEqual(
          after.others.map(() => ['other_question', null]),
        );
      }),
      { ...runs(2, 60), endOnFailure: true },
    );
  });
});
