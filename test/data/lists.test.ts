import { describe, expect, it } from 'vitest';
import { fieldsOf, tables } from '#lib/exports/tables.ts';
import { sampleParameters } from '../../data/sample/generator/parameters.ts';
import { lists, rowsOf, type Row } from './committed.ts';

const { first_day: firstDay, last_day: lastDay, gap } = sampleParameters;
const all = Object.fromEntries(lists.map((list) => [list, rowsOf(list)])) as Record<
  (typeof lists)[number],
  Row[]
>;

const by = (rows: Row[], key: string): Map<string, Row> => new Map(rows.map((row) => [row[key] ?? '', row]));
const leads = by(all.leads, 'lead_id');
const orders = by(all.orders, 'order_id');
const customers = by(all.customers, 'customer_id');
const staff = by(all.staff, 'staff_id');
const cards = by(all.cards, 'card_no');
const campaigns = by(all.campaigns, 'campaign_id');

/** The dated column of each list whose rows are facts of a day. */
const dated = {
  leads: 'created_at',
  visits: 'visited_at',
  orders: 'ordered_at',
  upsells: 'sold_at',
  payments: 'paid_at',
  campaign_days: 'date',
  cards: 'issued_at',
  referral_rewards: 'given_at',
  followups: 'done_at',
  appointments: 'for_at',
  assignments: 'assigned_at',
  surveys: 'answered_at',
  complaints: 'logged_at',
} as const;

const storeOf = (row: Row): string | undefined =>
  row['store'] || orders.get(row['order_id'] ?? '')?.['store'] || leads.get(row['lead_id'] ?? '')?.['store'];

describe('the sample lists', () => {
  it.each(lists)('keep the contract of exports, header and every record: %s', (list) => {
    const fields = fieldsOf(list);
    const names = fields.map(({ name }) => name);
    expect(Object.keys(all[list][0]!).filter((header) => !names.includes(header))).toEqual([]);
    const numeric = new Set(
      fields.filter(({ type }) => type === 'whole' || type === 'number').map(({ name }) => name),
    );
    const record = (row: Row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, text]) => [
          name,
          text === '' ? null : numeric.has(name) ? Number(text) : text.replace(/ (\d\d:\d\d)$/, 'T$1:00'),
        ]),
      );
    const refused = all[list].filter((row) => !tables[list].safeParse(record(row)).success);
    expect(refused).toEqual([]);
  });

  it.each(lists)('number each record once: %s', (list) => {
    const key = fieldsOf(list)
      .filter((field) => field.key)
      .map(({ name }) => name);
    const keys = all[list].map((row) => key.map((name) => row[name]).join('/'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(Object.entries(dated))('stay between the first and the last day: %s', (list, column) => {
    const days = all[list as keyof typeof dated].map((row) => row[column]!.slice(0, 10));
    expect(days.filter((day) => day < firstDay || day > lastDay)).toEqual([]);
  });

  it('reach both ends of the period', () => {
    const days = all.leads.map((row) => row['created_at']!.slice(0, 10)).sort();
    expect([days[0], days.at(-1)]).toEqual([firstDay, lastDay]);
  });

  it.each(Object.entries(dated))(
    'have no row of the store with a missing week in that week: %s',
    (list, column) => {
      const missing = all[list as keyof typeof dated].filter((row) => {
        const day = row[column]!.slice(0, 10);
        return storeOf(row) === gap.store && day >= gap.from && day <= gap.to;
      });
      expect(missing).toEqual([]);
    },
  );

  it.each([
    ['lead_id', leads, ['visits', 'orders', 'followups', 'appointments']],
    [
      'order_id',
      orders,
      ['visits', 'upsells', 'payments', 'followups', 'appointments', 'surveys', 'complaints'],
    ],
    ['order_id', orders, ['referral_rewards']],
    ['customer_id', customers, ['leads', 'visits', 'orders', 'cards', 'appointments']],
    ['referrer_customer_id', customers, ['leads', 'referral_rewards']],
    ['staff_id', staff, ['leads', 'visits', 'orders', 'upsells', 'followups', 'cards', 'complaints']],
    ['campaign_id', campaigns, ['leads', 'campaign_days']],
    ['referral_card', cards, ['leads']],
    ['parent_card_no', cards, ['cards']],
  ] as const)('name only %s that exist', (column, known, where) => {
    const unknown = where.flatMap((list) =>
      all[list].filter((row) => row[column] !== '' && !known.has(row[column] ?? '')),
    );
    expect(unknown).toEqual([]);
  });

  it('let nothing happen before what it follows', () => {
    const early = [
      ...all.visits.filter(
        (row) => row['lead_id'] !== '' && row['visited_at']! < leads.get(row['lead_id']!)!['created_at']!,
      ),
      ...all.orders.filter(
        (row) => row['lead_id'] !== '' && row['ordered_at']! < leads.get(row['lead_id']!)!['created_at']!,
      ),
      ...all.visits.filter(
        (row) => row['order_id'] !== '' && row['visited_at']! < orders.get(row['order_id']!)!['ordered_at']!,
      ),
      ...all.upsells.filter((row) => row['sold_at']! < orders.get(row['order_id']!)!['ordered_at']!),
      ...all.payments.filter((row) => row['paid_at']! < orders.get(row['order_id']!)!['ordered_at']!),
      ...all.leads.filter(
        (row) =>
          row['referral_card'] !== '' && row['created_at']! < cards.get(row['referral_card']!)!['issued_at']!,
      ),
    ];
    expect(early).toEqual([]);
  });

  it('keep orders without a lead away from leads: their customer asked no second time', () => {
    const asked = new Set(all.leads.map((row) => row['customer_id']).filter((customer) => customer !== ''));
    const without = [...all.orders, ...all.visits.filter((row) => row['purpose'] === 'consult')].filter(
      (row) => row['lead_id'] === '',
    );
    expect(without.filter((row) => asked.has(row['customer_id']!))).toEqual([]);
  });

  it('are alive: every kind of thing that happens in a studio is there', () => {
    const share = (rows: Row[], test: (row: Row) => boolean) => rows.filter(test).length / rows.length;
    const consults = all.visits.filter((row) => row['purpose'] === 'consult');
    const visited = new Set(consults.map((row) => row['lead_id']));
    const bought = new Map<string, number>();
    for (const row of all.orders) bought.set(row['customer_id']!, (bought.get(row['customer_id']!) ?? 0) + 1);
    const shares = {
      walkIns: [share(consults, (row) => row['lead_id'] === ''), 0.03, 0.1],
      phoneOrders: [
        share(all.orders, (row) => row['lead_id'] !== '' && !visited.has(row['lead_id']!)),
        0.01,
        0.03,
      ],
      cancelled: [share(all.orders, (row) => row['status'] === 'cancelled'), 0.02, 0.045],
      refunded: [share(all.orders, (row) => row['status'] === 'refunded'), 0.005, 0.02],
      returned: [[...bought.values()].filter((count) => count > 1).length / bought.size, 0.07, 0.13],
      lost: [share(all.leads, (row) => row['lost_at'] !== ''), 0.3, 0.55],
      withoutChannel: [share(all.leads, (row) => row['channel'] === ''), 0.01, 0.03],
      declined: [share(all.upsells, (row) => row['outcome'] === 'declined'), 0.2, 0.6],
      referred: [share(all.leads, (row) => row['referral_card'] !== ''), 0.08, 0.16],
    } as const;
    for (const [name, [value, low, high]] of Object.entries(shares)) {
      expect(value, name).toBeGreaterThan(low);
      expect(value, name).toBeLessThan(high);
    }
  });

  it('let campaigns run on every day of the period', () => {
    const days = new Set(all.campaign_days.map((row) => row['date']));
    expect(days.size).toBe((Date.parse(lastDay) - Date.parse(firstDay)) / 86_400_000 + 1);
    const outside = all.leads.filter((row) => {
      const campaign = campaigns.get(row['campaign_id'] ?? '');
      const day = row['created_at']!.slice(0, 10);
      return campaign !== undefined && (day < campaign['starts_on']! || day > campaign['ends_on']!);
    });
    expect(outside).toEqual([]);
  });
});
