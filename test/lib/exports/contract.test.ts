import { describe, expect, it } from 'vitest';
import { exportsDdl, originColumns, warehouseDdl } from '#lib/exports/ddl.ts';
import { fieldsOf, keyOf, tableNames, tables } from '#lib/exports/tables.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import { locales } from '#lib/words/locale.ts';
import { hasWord } from '#lib/words/word.ts';

/** Required fields of domain.md §4, marked ★ there, and of what is entered here. */
const required = {
  leads: 'lead_id created_at',
  visits: 'visit_id visited_at',
  orders: 'order_id ordered_at amount',
  upsells: 'upsell_id sold_at amount order_id',
  payments: 'payment_id paid_at amount',
  campaigns: 'campaign_id',
  campaign_days: 'campaign_id date',
  customers: 'customer_id',
  staff: 'staff_id',
  followups: 'followup_id done_at',
  cards: 'card_no customer_id issued_at',
  referral_rewards: 'reward_id given_at',
  appointments: 'appointment_id for_at',
  complaints: 'complaint_id logged_at',
  surveys: 'survey_id answered_at',
  brand_surveys: 'survey_id asked_at',
  targets: 'metric scope period',
  events: 'event_id happened_at kind',
  client_decisions: 'decision_id decided_at',
} as const;

describe('the contract of exports', () => {
  it.each(Object.entries(required))('requires of %s: %s', (table, fields) => {
    const names = fieldsOf(table as keyof typeof required)
      .filter((field) => field.required)
      .map((field) => field.name);
    expect(names.sort()).toEqual(fields.split(' ').sort());
  });

  it('has a key for every table, made of required fields', () => {
    for (const table of tableNames) {
      expect(keyOf(table).length).toBeGreaterThan(0);
      for (const field of fieldsOf(table))
        if (field.key) expect(field.required, `${table}.${field.name}`).toBe(true);
    }
  });

  it('explains every table and field in three languages and knows headers in each', () => {
    for (const table of tableNames) {
      expect(hasWord(`export.${table}`), table).toBe(true);
      for (const field of fieldsOf(table)) {
        expect(hasWord(`field.${field.name}`), field.name).toBe(true);
        for (const locale of locales)
          expect(field.synonyms[locale].length, `${table}.${field.name}`).toBeGreaterThan(0);
      }
    }
  });

  it('marks names, phones, wechat, addresses and birthdays as personal, and nothing that reports divide by', () => {
    const personal = tableNames.flatMap((table) =>
      fieldsOf(table)
        .filter((field) => field.personal)
        .map((field) => `${table}.${field.name}`),
    );
    expect(personal).toEqual([
      'leads.customer_name',
      'leads.phone',
      'leads.wechat',
      'customers.name',
      'customers.phone',
      'customers.wechat',
      'customers.partner_name',
      'customers.partner_phone',
      'customers.birthday',
      'customers.address',
      'staff.name',
    ]);
  });

  it('holds defaults that are among the choices', () => {
    for (const field of tableNames.flatMap(fieldsOf))
      if (field.default !== undefined) expect(Object.keys(field.choices ?? {})).toContain(field.default);
  });

  it('takes a record as JSON and refuses one without its required fields or with money as a fraction of a cent', () => {
    const order = { order_id: 'O1', ordered_at: '2026-03-08T10:00:00', amount: '12800.00' };
    expect(tables.orders.safeParse(order).success).toBe(true);
    expect(tables.orders.safeParse({ ...order, amount: undefined }).success).toBe(false);
    expect(tables.orders.safeParse({ ...order, amount: '1.005' }).success).toBe(false);
    expect(tables.orders.safeParse({ ...order, status: 'lost' }).success).toBe(false);
  });
});

describe('the tables that follow from the contract', () => {
  it('have the columns of the contract in its order, then where a row comes from, in the warehouse and in tests alike', async () => {
    const columnsAfter = async (statements: string[]) => {
      const warehouse = await openWarehouse({ file: ':memory:' });
      try {
        await warehouse.write(async (transaction) => {
          for (const statement of statements) await transaction.run(statement);
        });
        return await warehouse.query(
          `select table_name, column_name, data_type from duckdb_columns() where schema_name = 'exports' order by table_name, column_index`,
        );
      } finally {
        await warehouse.close();
      }
    };
    const views = await columnsAfter(warehouseDdl());
    expect(views).toEqual(await columnsAfter(exportsDdl('duckdb')));
    const leads = views
      .filter((column) => column['table_name'] === 'leads')
      .map((column) => column['column_name']);
    expect(leads).toEqual([...fieldsOf('leads').map((field) => field.name), ...originColumns]);
  });

  it('are written for ClickHouse with keys that cannot be null', () => {
    const [database, leads] = exportsDdl('clickhouse');
    expect(database).toBe('create database if not exists exports');
    expect(leads).toContain("lead_id String, created_at DateTime64(6, 'UTC'), channel Nullable(String)");
    expect(leads).toContain('engine = MergeTree order by (lead_id)');
  });
});
