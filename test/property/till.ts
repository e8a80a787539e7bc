import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import { lead, order, raw as rawOf, upsell, visit } from '../oracle/rows.ts';
import type { Raw } from '../oracle/tables.ts';
import { baseDay, studios } from './studio.ts';

/** Amounts on which a decomposition can stumble: nothing, less than nothing, and cents that do not divide. */
const awkward = fc.constantFrom('0.00', '-12.50', '0.33', '1.32', '0.01');
const amounts = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 900_000 }).map((value) => (value / 100).toFixed(2)) },
  { weight: 1, arbitrary: awkward },
);

/** Random studios in which some orders come to nothing, to less than nothing or to a few cents. */
const chaotic: fc.Arbitrary<Raw> = fc
  .tuple(studios, fc.array(fc.option(awkward, { freq: 2 }), { minLength: 12, maxLength: 12 }))
  .map(([raw, odd]) => ({
    ...raw,
    orders: raw.orders.map((one, place) => ({ ...one, amount: odd[place] ?? one.amount })),
  }));

/** Days that a next step takes, for some tenths of the people; null for the others. */
const within = (tenths: number) =>
  fc.oneof(
    { weight: tenths, arbitrary: fc.integer({ min: 0, max: 14 }) },
    { weight: 10 - tenths, arbitrary: fc.constant(null) },
  );

/** What became of one lead: days from the step before. */
const lives = fc.record({
  day: fc.integer({ min: -30, max: 40 }),
  store: fc.constantFrom('东店', 'west', null),
  channel: fc.constantFrom('douyin', 'douyin', '小红书', null),
  visit: within(7),
  order: within(5),
  again: within(1),
  upsold: within(5),
  cancelled: fc.constantFrom(false, false, false, true),
  amount: amounts,
});
type Life = typeof lives extends fc.Arbitrary<infer Value> ? Value : never;

/** Days on which a store recorded nothing. */
const pauses = fc.record({
  store: fc.constantFrom('东店', 'west', null),
  from: fc.integer({ min: -5, max: 30 }),
  length: fc.integer({ min: 5, max: 25 }),
});
type Pause = typeof pauses extends fc.Arbitrary<infer Value> ? Value : never;

/** Studios with enough leads, visits and orders that most periods have all of them, and a store that pauses now and then. */
const orderly: fc.Arbitrary<Raw> = fc
  .record({
    leads: fc.array(lives, { minLength: 40, maxLength: 160, size: 'max' }),
    pause: fc.option(pauses, { freq: 1, nil: null }),
    aware: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 71, maxLength: 71 }),
    recordsVisits: fc.constantFrom(true, true, true, false),
  })
  .map(({ leads, pause, aware, recordsVisits }) =>
    rawOf({
      ...rowsOf(leads, pause, recordsVisits),
      campaigns: [{ batch_id: 1, line: 1, campaign_id: 'k1', channel: 'douyin' }],
      campaign_days: aware.map((people, place) => ({
        batch_id: 1,
        line: 1,
        campaign_id: 'k1',
        date: addDays(baseDay, place - 30),
        audience: null,
        aware: people,
      })),
      batches: [{ batch_id: 1, imported_on: '2030-01-01', withdrawn: false }],
    }),
  );

function rowsOf(leads: Life[], pause: Pause | null, recordsVisits: boolean): Partial<Raw> {
  const rows: Required<Pick<Raw, 'leads' | 'visits' | 'orders' | 'upsells'>> = {
    leads: [],
    visits: [],
    orders: [],
    upsells: [],
  };
  const isOpen = (store: string | null, day: number) =>
    !pause || store !== pause.store || day < pause.from || day >= pause.from + pause.length;
  for (const [place, life] of leads.entries()) {
    const { store, channel, amount, cancelled } = life;
    const at = (day: number) => `${addDays(baseDay, day)}T10:00:00`;
    const id = `l${place}`;
    if (!isOpen(store, life.day)) continue;
    const common = { lead_id: id, store };
    rows.leads.push(lead({ ...common, created_at: at(life.day), channel }));
    const visited = life.day + (life.visit ?? 0);
    if (life.visit !== null && recordsVisits && isOpen(store, visited))
      rows.visits.push(visit({ ...common, visit_id: id, visited_at: at(visited) }));
    const bought = visited + (life.order ?? 0);
    if (life.order === null || !isOpen(store, bought)) continue;
    const status = cancelled ? 'cancelled' : 'active';
    const cancelled_at = cancelled ? at(bought + 3) : null;
    rows.orders.push(
      order({ ...common, order_id: id, ordered_at: at(bought), amount, status, cancelled_at }),
    );
    if (life.again !== null)
      rows.orders.push(
        order({ ...common, order_id: `${id}+`, ordered_at: at(bought + life.again + 1), amount: '99.90' }),
      );
    if (life.upsold !== null)
      rows.upsells.push(upsell({ upsell_id: id, order_id: id, sold_at: at(bought + life.upsold) }));
  }
  return rows;
}

/** Random studios with money of every kind: a few in disorder, most of them busy. */
export const tills: fc.Arbitrary<Raw> = fc.oneof(
  { weight: 1, arbitrary: chaotic },
  { weight: 2, arbitrary: orderly },
);
