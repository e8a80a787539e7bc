import { normal, poisson, stream } from '../../data/sample/generator/random.ts';
import { exportsDdl } from '#lib/exports/ddl.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse, type Transaction, type Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';

/** A chain of stores whose rates never change, except where `drop` says so. */
export interface Chain {
  stores: number;
  /** Expected leads of one store in one week. */
  leads: number;
  /** Spread of the logarithm of a week's leads, the same for all stores: 0 gives Poisson counts. */
  wobble: number;
  weeks: number;
  /** Probability that a lead visits, and that a visitor buys. */
  visit: number;
  buy: number;
  /** Whether visits and orders come in the week of the lead, or after log-normal delays as in the sample. */
  delay: 'same_week' | 'days';
  /** Whether there are campaigns, upsells, payments and further orders beside leads, visits and orders. */
  isWhole: boolean;
  /** From this week on, the first store's leads visit with this factor of the probability. */
  drop: { week: number; factor: number } | null;
}

/** Monday of week `no`, 0 the first. */
export const mondayOfWeek = (no: number) => addDays('2024-01-01', 7 * no);

/** The value of the field channel by which the chain of a seed is found among those simulated together. */
export const channelOf = (seed: number) => `chain ${seed}`;

/** A warehouse in memory with empty tables `exports.*`, for one lot of chains after the other. */
export async function openSimulation(): Promise<Warehouse> {
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  await warehouse.write(async (transaction) => {
    for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
    await transaction.run(DRAWS);
  });
  return warehouse;
}

/**
 * Replaces all rows by those of one chain per seed, each a channel of its own, because most of a report's time is spent
 * on planning it. Weekly counts are drawn by the seeded generator of the sample, what becomes of each lead by DuckDB's
 * hash of the seed, the lead's number and the purpose: the same seed gives the same rows.
 */
export function simulate(warehouse: Warehouse, chain: Chain, seeds: readonly number[]): Promise<void> {
  return warehouse.write(async (transaction) => {
    for (const table of TABLES) await transaction.run(`delete from exports.${table}`);
    await transaction.run(weeksText(chain, seeds));
    await transaction.run(journeysText(chain));
    for (const statement of [LEADS, VISITS, ORDERS]) await transaction.run(statement);
    if (chain.isWhole) await fillRest(transaction, chain, seeds);
    await rebuildModels(transaction);
  });
}

const TABLES = ['leads', 'visits', 'orders', 'upsells', 'payments', 'campaigns', 'campaign_days'];

/** Uniform and normal draws that depend on nothing but a number and a purpose. */
const DRAWS = `
  create or replace macro uniform(no, purpose) as ((hash(purpose || no) >> 11)::double + 0.5) / 9007199254740992;
  create or replace macro gauss(no, purpose) as
    sqrt(-2 * ln(uniform(no, purpose))) * cos(2 * pi() * uniform(no, purpose || ' angle '));
`;

function weeksText({ stores, leads, wobble, weeks }: Chain, seeds: readonly number[]): string {
  const rows = seeds.flatMap((seed) => {
    const random = stream(seed, 'weeks');
    return Array.from({ length: weeks }, (_, week) => {
      const level = Math.exp(wobble * normal(random) - (wobble * wobble) / 2);
      return Array.from(
        { length: stores },
        (_, store) => `(${seed}, ${week}, ${store}, ${poisson(random, leads * level)})`,
      );
    }).flat();
  });
  return `create or replace temp table drawn_weeks as
    select * from (values ${rows.join(', ')}) v(seed, week, store, leads)`;
}

/** One row per lead: when it came, and when it visits and buys, if it does. */
function journeysText({ visit, buy, delay, drop }: Chain): string {
  const factor = drop ? `case when store = 0 and week >= ${drop.week} then ${drop.factor} else 1 end` : '1';
  const days = {
    same_week: {
      visit: "floor(uniform(no, 'visit days') * (7 - weekday))",
      order: "floor(uniform(no, 'order days') * (7 - weekday - visit_days))",
    },
    days: {
      visit: "least(floor(4 * exp(0.9 * gauss(no, 'visit days'))), 60)",
      order:
        "case when uniform(no, 'same day') < 0.55 then 0 else least(floor(4 * exp(0.8 * gauss(no, 'order days'))), 60) end",
    },
  }[delay];
  return `create or replace temp table drawn_journeys as
    with numbered as (
      select seed, week, store, (seed * 1000000000::bigint + week * 1000000 + store * 100000 + place)::bigint as no
      from (select *, unnest(range(leads)) as place from drawn_weeks)
    ),
    drawn as (
      select *, uniform(no, 'weekday') as share from numbered
    ),
    dated as (
      select *,
        (share > 0.113)::int + (share > 0.223)::int + (share > 0.338)::int + (share > 0.465)::int
          + (share > 0.613)::int + (share > 0.810)::int as weekday
      from drawn
    ),
    visiting as (
      select *, uniform(no, 'visits') < ${visit} * ${factor} as visits, (${days.visit})::int as visit_days from dated
    ),
    buying as (
      select *, visits and uniform(no, 'buys') < ${buy} as buys, (${days.order})::int as order_days from visiting
    )
    select *,
      timestamp '${mondayOfWeek(0)} 10:00:00' + to_days((7 * week + weekday)::int) as began_at,
      5999 * exp(0.35 * gauss(no, 'amount')) as amount
    from buying`;
}

const LAST = `(select max(began_at)::date from drawn_journeys)`;
const ORIGIN = `1 as batch_id, no as line, date '2099-12-31' as imported_on`;

const LEADS = `insert into exports.leads by name
  select no::varchar as lead_id, began_at as created_at, 'store ' || store as store, no::varchar as customer_id,
    'chain ' || seed as channel, 'campaign ' || seed || ' ' || floor(6 * uniform(no, 'campaign'))::int as campaign_id, ${ORIGIN}
  from drawn_journeys`;

const VISITS = `insert into exports.visits by name
  select no::varchar as visit_id, began_at + to_days(visit_days) + interval 3 hour as visited_at, no::varchar as lead_id,
    'consult' as purpose, 'store ' || store as store, ${ORIGIN}
  from drawn_journeys where visits and (began_at + to_days(visit_days))::date <= ${LAST}`;

const ORDERS = `insert into exports.orders by name
  select no::varchar as order_id, began_at + to_days(visit_days + order_days) + interval 5 hour as ordered_at,
    amount::decimal(18,2) as amount, no::varchar as lead_id, no::varchar as customer_id, 'active' as status,
    'store ' || store as store, ${ORIGIN}
  from drawn_journeys where buys and (began_at + to_days(visit_days + order_days))::date <= ${LAST}`;

/** Further orders, upsells and payments of the orders, and campaigns whose daily figures wander around a mean. */
async function fillRest(transaction: Transaction, { weeks }: Chain, seeds: readonly number[]): Promise<void> {
  await transaction.run(`
    insert into exports.orders by name
    select 'again ' || order_id as order_id, ordered_at + to_days(30 + floor(200 * uniform(line, 'again days'))::int) as ordered_at,
      (0.4 * amount)::decimal(18,2) as amount, customer_id, 'active' as status, store, 1 as batch_id, line, imported_on
    from exports.orders
    where uniform(line, 'again') < 0.12
      and (ordered_at + to_days(30 + floor(200 * uniform(line, 'again days'))::int))::date <= ${LAST};
    insert into exports.upsells by name
    select order_id as upsell_id, ordered_at + to_days(40 + floor(20 * uniform(line, 'upsell days'))::int) as sold_at,
      (2500 * exp(0.6 * gauss(line, 'upsold')))::decimal(18,2) as amount, order_id, 'viewing' as touchpoint, 'sold' as outcome,
      1 as batch_id, line, imported_on
    from exports.orders
    where uniform(line, 'upsell') < 0.6
      and (ordered_at + to_days(40 + floor(20 * uniform(line, 'upsell days'))::int))::date <= ${LAST};
    insert into exports.payments by name
    select 'deposit ' || order_id as payment_id, ordered_at as paid_at, 1000::decimal(18,2) as amount, order_id, 'deposit' as kind,
      1 as batch_id, line, imported_on
    from exports.orders;
    insert into exports.payments by name
    select 'balance ' || order_id as payment_id, ordered_at + to_days(35) as paid_at, (amount - 1000)::decimal(18,2) as amount, order_id,
      'balance' as kind, 1 as batch_id, line, imported_on
    from exports.orders
    where (ordered_at + to_days(35))::date <= ${LAST};
    create or replace temp table drawn_campaigns as
    select s.seed, c.generate_series::bigint as no, 'campaign ' || s.seed || ' ' || c.generate_series as campaign_id
    from (select unnest([${seeds.join(', ')}]) as seed) s cross join generate_series(0, 3) c;
    insert into exports.campaigns by name
    select campaign_id, campaign_id as name, 'chain ' || seed as channel, ${ORIGIN} from drawn_campaigns;
    insert into exports.campaign_days by name
    with dated as (
      select c.campaign_id, d.generate_series::bigint as day, c.campaign_id || ' ' || d.generate_series as draw
      from drawn_campaigns c cross join generate_series(0, ${7 * weeks - 1}) d
    )
    select campaign_id, date '${mondayOfWeek(0)}' + day::int as date,
      (8000 * exp(0.3 * gauss(draw, 'audience')))::bigint as audience,
      (2400 * exp(0.3 * gauss(draw, 'audience') + 0.15 * gauss(draw, 'aware')))::bigint as aware,
      1 as batch_id, day as line, date '2099-12-31' as imported_on
    from dated;
  `);
}
