import { exportsDdl } from '#lib/exports/ddl.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

/** Leads over three years, their visits, orders, payments and upsells: 2.06 million events of 0.82 million people. */
const LISTS = [
  `insert into exports.leads by name select
    'L' || lpad(i::varchar, 8, '0') as lead_id,
    timestamp '2023-01-01' + to_seconds((hash(i) % (3 * 365 * 86400))::bigint) as created_at,
    ['wechat', 'douyin', 'xiaohongshu', 'referral', 'walk-in', 'fair', 'search'][(1 + hash(i + 1) % 7)::bigint] as channel,
    'Store ' || (1 + hash(i * 7) % 5) as store,
    'S' || (hash(i * 3) % 40) as staff_id,
    case when hash(i * 11) % 3 > 0 then 'C' || lpad((hash(i * 13) % $leads)::varchar, 8, '0') end as customer_id,
    '{}' as extra, 1 as batch_id, i + 1 as line, date '2026-02-01' as imported_on
  from range($leads) r(i)`,
  `insert into exports.visits by name select
    'V' || l.lead_id as visit_id, l.created_at + to_seconds((hash(l.line) % (30 * 86400))::bigint) as visited_at,
    l.lead_id, l.customer_id, 'consult' as purpose,
    ['booked', 'no_sale', 'same_day'][(1 + hash(l.line * 5) % 3)::bigint] as outcome,
    l.store, 'S' || (hash(l.line * 17) % 40) as staff_id, 2 as batch_id, l.line, l.imported_on
  from exports.leads l where hash(l.line * 23) % 100 < 46`,
  `insert into exports.orders by name select
    'O' || v.lead_id as order_id, v.visited_at + to_seconds((hash(v.line * 2) % (10 * 86400))::bigint) as ordered_at,
    (3000 + hash(v.line) % 4000)::decimal(18,2) as amount, v.lead_id, v.customer_id, v.store, v.staff_id,
    'active' as status, 3 as batch_id, v.line, v.imported_on
  from exports.visits v where hash(v.line * 29) % 46 < 20`,
  `insert into exports.upsells by name select
    'U' || order_id as upsell_id, ordered_at + to_seconds((hash(line * 3) % (60 * 86400))::bigint) as sold_at,
    500::decimal(18,2) as amount, order_id,
    ['shoot', 'viewing', 'pickup'][(1 + hash(line * 31) % 3)::bigint] as touchpoint,
    'sold' as outcome, 4 as batch_id, line, imported_on
  from exports.orders`,
  `insert into exports.payments by name select
    'P' || order_id as payment_id, ordered_at + to_seconds((hash(line * 4) % (9 * 86400))::bigint) as paid_at,
    1000::decimal(18,2) as amount, order_id, 'deposit' as kind, 5 as batch_id, line, imported_on
  from exports.orders`,
];

/** Writes a warehouse of so many invented leads, its models built. Gives how many events it holds. */
export async function writeHouse(file: string, leads: number): Promise<number> {
  const warehouse = await openWarehouse({ file });
  try {
    await warehouse.write(async (transaction) => {
      for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
      for (const text of LISTS) await transaction.run(text.replaceAll('$leads', String(leads)));
      await rebuildModels(transaction);
    });
    const [counted] = await warehouse.query<{ events: number }>(
      'select count(*)::bigint as events from events e',
    );
    return counted?.events ?? 0;
  } finally {
    await warehouse.close();
  }
}
