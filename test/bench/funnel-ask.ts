/**
 * `node test/bench/funnel-ask.ts report|hand|optional|excluded|limited WAREHOUSE`: asks one funnel of five steps once, of the report
 * or by a query that knows nothing but these steps, or of the report with one more wish, and prints the milliseconds of it, by the clock and by the processor, with the counts.
 */
import type { AskedExclusion, AskedStep } from '#lib/funnel/question.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelSteps } from '#lib/server/reports.gen.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

const BY_HAND = `
  with person as (
    select l.lead_id, coalesce(l.customer_id, l.lead_id) as person, l.created_at as t1, l.channel from exports.leads l
  ),
  v as (
    select p.person, v.visited_at as happened_at from exports.visits v join person p on p.lead_id = v.lead_id
    where v.visited_at::date <= v.imported_on
  ),
  o as (
    select p.person, o.ordered_at as happened_at, o.order_id from exports.orders o join person p on p.lead_id = o.lead_id
    where o.ordered_at::date <= o.imported_on
  ),
  y as (
    select o.person, x.paid_at as happened_at from exports.payments x join o on o.order_id = x.order_id
    where x.paid_at::date <= x.imported_on
  ),
  u as (
    select o.person, x.sold_at as happened_at from exports.upsells x join o on o.order_id = x.order_id
    where x.sold_at::date <= x.imported_on
  ),
  s2 as (
    select p.person, p.channel, p.t1, min(v.happened_at) as t2
    from person p left join v on v.person = p.person and v.happened_at between p.t1 and p.t1 + interval 90 day
    group by all
  ),
  s3 as (
    select s.*, min(o.happened_at) as t3
    from s2 s left join o on o.person = s.person and o.happened_at between s.t2 and s.t1 + interval 90 day
    group by all
  ),
  s4 as (
    select s.*, min(y.happened_at) as t4
    from s3 s left join y on y.person = s.person and y.happened_at between s.t3 and s.t1 + interval 90 day
    group by all
  ),
  s5 as (
    select s.*, min(u.happened_at) as t5
    from s4 s left join u on u.person = s.person and u.happened_at between s.t4 and s.t1 + interval 90 day
    group by all
  ),
  best as (
    select * from s5
    qualify row_number() over (
      partition by person
      order by (t2 is not null)::int + (t3 is not null)::int + (t4 is not null)::int + (t5 is not null)::int desc,
        coalesce(t5, t4, t3, t2, t1), t1 desc
    ) = 1
  )
  select channel as segment, count(*)::bigint as p1, count(t2)::bigint as p2, count(t3)::bigint as p3, count(t4)::bigint as p4,
    count(t5)::bigint as p5, median(t2 - t1)::varchar as m2, median(t3 - t2)::varchar as m3, median(t4 - t3)::varchar as m4,
    median(t5 - t4)::varchar as m5
  from best
  group by channel
  order by channel`;

const STEPS: readonly AskedStep[] = ['lead', 'visit', 'order', 'payment', 'upsell'];

/** How many took each step, by channel. */
async function asked(
  warehouse: Warehouse,
  steps: readonly AskedStep[],
  exclusions: readonly AskedExclusion[] = [],
): Promise<number[]> {
  const { rows } = await funnelSteps(asOwner({ warehouse }), {
    steps: JSON.stringify(steps),
    exclusions: JSON.stringify(exclusions),
    from: '2023-01-01',
    to: '2025-12-31',
    as_of: '2026-02-01',
    window: 90,
    by: 'channel',
  });
  return rows.map(({ people }) => people);
}

const ways: Record<string, (warehouse: Warehouse) => Promise<number[]>> = {
  hand: async (warehouse) => {
    const rows = await warehouse.query<Record<'p1' | 'p2' | 'p3' | 'p4' | 'p5', number>>(BY_HAND);
    return rows.flatMap(({ p1, p2, p3, p4, p5 }) => [p1, p2, p3, p4, p5]);
  },
  report: (warehouse) => asked(warehouse, STEPS),
  optional: (warehouse) => asked(warehouse, STEPS.with(3, { kind: 'payment', optional: true })),
  excluded: (warehouse) =>
    asked(warehouse, ['lead', 'order', 'payment'], [{ kind: 'upsell', from: 2, to: 3 }]),
  limited: (warehouse) => asked(warehouse, STEPS.with(2, { kind: 'order', within: { n: 7, unit: 'day' } })),
};

const [way = '', file = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ file });
const [begun, used] = [performance.now(), process.cpuUsage()];
const people = await ways[way]?.(warehouse);
const { user, system } = process.cpuUsage(used);
console.log(JSON.stringify({ clock: performance.now() - begun, processor: (user + system) / 1000, people }));
await warehouse.close();
