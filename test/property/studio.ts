import fc from 'fast-check';
import { addDays } from '../oracle/days.ts';
import type { Batch, Raw } from '../oracle/tables.ts';

/** Tables the arbitraries fill, in the order that numbers their batches. */
export const tableNames = [
  'leads',
  'visits',
  'orders',
  'campaigns',
  'campaign_days',
  'upsells',
  'payments',
  'customers',
] as const;
export type TableName = (typeof tableNames)[number];

/** The first of the days on which most things happen. */
export const baseDay = '2025-03-03';
const ROUNDS = 3;
const LOTS = ROUNDS * tableNames.length;

/** The batch that carries a table's rows in an import round; later rounds win. */
export function batchId(table: TableName, round: number): number {
  return (round + 1) * 10 + tableNames.indexOf(table);
}

const ids = (prefix: string, count: number) =>
  fc.constantFrom(...Array.from({ length: count }, (_, position) => `${prefix}${position + 1}`));
const maybe = <T>(value: fc.Arbitrary<T>, presence = 2) =>
  fc.option(value, { freq: presence + 1, nil: null });

const customers = ids('c', 4);
const leadIds = ids('l', 9);
const phones = maybe(fc.constantFrom('13800000001', '13800000002', '13800000003', '无'), 2);
const stores = maybe(fc.constantFrom('东店', 'west'), 4);
const staff = maybe(ids('s', 3), 2);
const channels = maybe(fc.constantFrom('douyin', '小红书', 'walk-in'), 3);
const campaigns = ids('k', 3);

/** Days of about six weeks, now and then half a year before: the edge of the source rule. */
const days = fc
  .oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 42 }) },
    { weight: 2, arbitrary: fc.integer({ min: -190, max: -150 }) },
    { weight: 1, arbitrary: fc.integer({ min: -400, max: -200 }) },
  )
  .map((offset) => addDays(baseDay, offset));

/** Instants with few times of day, so that ties are common. */
const instants = fc
  .tuple(days, fc.constantFrom('00:00:00', '09:00:00', '09:00:00', '18:30:15'))
  .map(([day, time]) => `${day}T${time}`);

const amounts = fc.integer({ min: 0, max: 900_000 }).map((value) => (value / 100).toFixed(2));

/** What an export brings along beside the contract: now and then one column, the other, or both. */
const extras = maybe(
  fc
    .record(
      { landing: fc.constantFrom('page-1', '页面'), room: fc.constantFrom('red') },
      { requiredKeys: [] },
    )
    .map((columns) => (Object.keys(columns).length > 0 ? JSON.stringify(columns) : null)),
  1,
);

const rows = <T>(table: TableName, record: fc.Arbitrary<T>, maxLength: number) =>
  fc
    .array(fc.tuple(record, fc.integer({ min: 0, max: ROUNDS - 1 })), { maxLength, size: 'max' })
    .map((list) =>
      list.map(([row, round], position) => ({
        ...row,
        batch_id: batchId(table, round),
        line: position + 1,
      })),
    );

const batches = fc
  .tuple(
    fc.array(fc.integer({ min: 25, max: 45 }), { minLength: ROUNDS, maxLength: ROUNDS }),
    fc.array(fc.integer({ min: 1, max: 12 }), { minLength: LOTS, maxLength: LOTS }),
  )
  .map(([importDays, lots]) =>
    tableNames.flatMap((table, tableNo) =>
      importDays.map((offset, round): Batch => ({
        batch_id: batchId(table, round),
        imported_on: addDays(baseDay, offset),
        withdrawn: lots[tableNo * ROUNDS + round] === 1,
      })),
    ),
  );

/**
 * A small random studio: walk-ins, repeat orders, lead ids without a lead row, facts before their lead or after
 * their import, ties, missing customers, cancellations with and without a date, referrals, several stores and
 * one without a name, telephones of several people, upsells and payments with and without an order, keys that come again in later batches,
 * withdrawn batches.
 */
export const studios: fc.Arbitrary<Raw> = studiosOf({
  orders: 20,
  purposes: ['consult', 'consult', 'consult', 'consult', 'shoot', 'viewing', 'pickup'],
  named: 1,
  visits: 12,
  sales: 8,
});

/** The same with few orders, to most of which much happens after they are signed. */
export const busyStudios: fc.Arbitrary<Raw> = studiosOf({
  orders: 7,
  purposes: ['consult', 'shoot', 'viewing', 'viewing', 'pickup'],
  named: 3,
  visits: 18,
  sales: 16,
});

/**
 * How many order numbers there are, what visits are for, how often they name an order, how many visits there are,
 * and how much is sold and paid.
 */
interface Habits {
  orders: number;
  purposes: string[];
  named: number;
  visits: number;
  sales: number;
}

function studiosOf(habits: Habits): fc.Arbitrary<Raw> {
  return fc.record({
    batches,
    leads: rows(
      'leads',
      fc.record({
        lead_id: leadIds,
        created_at: instants,
        channel: channels,
        campaign_id: maybe(campaigns, 1),
        store: stores,
        staff_id: staff,
        customer_id: maybe(customers, 1),
        extra: extras,
        city: maybe(fc.constantFrom('Suzhou', '苏州'), 1),
        district: maybe(fc.constantFrom('north', ''.padEnd(3, '吴')), 1),
        age_group: maybe(fc.constantFrom('25-29'), 1),
        referrer_customer_id: maybe(customers, 1),
        phone: phones,
      }),
      10,
    ),
    visits: rows(
      'visits',
      fc.record({
        visit_id: ids('v', 20),
        visited_at: instants,
        lead_id: maybe(leadIds, 2),
        customer_id: maybe(customers, 1),
        order_id: maybe(ids('o', habits.orders), habits.named),
        purpose: fc.constantFrom(...habits.purposes),
        outcome: maybe(fc.constantFrom('done', 'done', 'done', 'booked', 'no_sale'), 3),
        store: stores,
        staff_id: staff,
        extra: extras,
        reason: maybe(fc.constantFrom('price', '档期'), 1),
        tactic: maybe(fc.constantFrom('gift'), 1),
      }),
      habits.visits,
    ),
    orders: rows(
      'orders',
      fc.record({
        order_id: ids('o', habits.orders),
        ordered_at: instants,
        amount: amounts,
        lead_id: maybe(leadIds, 1),
        customer_id: maybe(customers, 2),
        extra: extras,
        package: maybe(fc.constantFrom('signature', 'small'), 2),
        store: stores,
        staff_id: staff,
        status: fc.constantFrom('active', 'active', 'active', 'cancelled', 'refunded'),
        cancelled_at: maybe(instants, 2),
        refunded_amount: maybe(amounts, 1),
      }),
      12,
    ),
    campaigns: rows('campaigns', fc.record({ campaign_id: campaigns, channel: channels }), 3),
    campaign_days: rows(
      'campaign_days',
      fc.record({
        campaign_id: campaigns,
        date: days,
        audience: maybe(fc.integer({ min: 0, max: 500 }), 4),
        aware: maybe(fc.integer({ min: 0, max: 200 }), 4),
      }),
      8,
    ),
    upsells: rows(
      'upsells',
      fc.record({
        upsell_id: ids('u', 15),
        sold_at: instants,
        amount: amounts,
        order_id: ids('o', habits.orders + 2),
        touchpoint: maybe(fc.constantFrom('sale', 'shoot', 'viewing', 'pickup'), 5),
        item_type: maybe(fc.constantFrom('album', '放大'), 2),
        quantity: maybe(fc.integer({ min: 1, max: 9 }), 2),
        outcome: maybe(fc.constantFrom('sold', 'sold', 'sold', 'declined'), 9),
        staff_id: staff,
      }),
      habits.sales,
    ),
    payments: rows(
      'payments',
      fc.record({
        payment_id: ids('p', 15),
        paid_at: instants,
        amount: fc.oneof(
          { weight: 6, arbitrary: amounts },
          { weight: 1, arbitrary: amounts.map((text) => (text === '0.00' ? text : `-${text}`)) },
        ),
        order_id: maybe(ids('o', habits.orders + 2), 8),
        kind: maybe(fc.constantFrom('deposit', 'balance', 'upsell', 'refund'), 6),
      }),
      habits.sales,
    ),
    customers: rows(
      'customers',
      fc.record({ customer_id: customers, phone: phones, partner_phone: phones }),
      5,
    ),
  });
}
