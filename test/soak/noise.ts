import { HOUSE } from '#lib/server/reports/audience.ts';
import { boundBy } from '#lib/server/reports/restrict.ts';
import { reportText } from '#lib/server/reports/texts.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnelChange, type FunnelChangeRow } from '#lib/server/reports.gen.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { verdicts } from '#lib/stats/verdicts.ts';
import { addDays } from '../oracle/days.ts';
import { channelOf, mondayOfWeek, type Chain } from './simulated-chain.ts';

/** A comparison that a reader of the Week page can choose. */
export interface Chosen {
  view: 'period' | 'cohort';
  compare: 'previous' | 'mean_of_four' | 'last_year';
}

/** Every comparison, the page's own first. */
export const everyChoice: Chosen[] = (['period', 'cohort'] as const).flatMap((view) =>
  (['previous', 'mean_of_four', 'last_year'] as const).map((compare) => ({ view, compare })),
);

/** A chain of the sample's size in which nothing changes: about 145 leads a week in five stores. */
export const stableChain = (wobble: number): Chain => ({
  stores: 5,
  leads: 29,
  wobble,
  weeks: 112,
  visit: 0.43,
  buy: 0.42,
  delay: 'days',
  isWhole: true,
  drop: null,
});

/** The year of a stable chain that is judged: 60 weeks lie before it, so that every comparison has its past. */
export const judgedWeeks = Array.from({ length: 52 }, (_, place) => 60 + place);

/**
 * The rows of one week for each simulated chain, judged chain by chain as the page of each shows them. In the period view
 * on the week's Sunday, in the cohort view a week later, when the cohorts are old enough to be compared.
 */
export async function rowsOfWeek(
  warehouse: Warehouse,
  week: number,
  { view, compare }: Chosen,
  seeds: readonly number[],
): Promise<FunnelChangeRow[][]> {
  const from = mondayOfWeek(week);
  const to = addDays(from, 6);
  const as_of = view === 'cohort' ? addDays(to, 7) : to;
  const params = { from, to, as_of, view, compare, by: 'channel', where: [] };
  const { body } = reportText('funnel_change');
  const rows = await warehouse.query<FunnelChangeRow>(body, { ...boundBy(HOUSE, body), ...params });
  return seeds.map((seed) => verdicts(rows.filter(({ segment }) => segment === channelOf(seed))));
}

/** Whether a row is called more than noise. */
export const isCalled = ({ verdict }: FunnelChangeRow) => verdict === 'more_than_noise';

/** How many of the judged weeks of stable chains called anything, for one comparison. */
export interface Alarms extends Chosen {
  weeks: number;
  called: number;
}

/** Judges weeks of stable chains in one comparison: in nothing of it is anything to be found. */
export async function alarmsIn(
  warehouse: Warehouse,
  weeks: readonly number[],
  chosen: Chosen,
  seeds: readonly number[],
): Promise<Alarms> {
  let [judged, called] = [0, 0];
  for (const week of weeks)
    for (const rows of await rowsOfWeek(warehouse, week, chosen, seeds)) {
      judged += 1;
      if (rows.some(isCalled)) called += 1;
    }
  return { ...chosen, weeks: judged, called };
}

/** A chain as the sample is not: 500 leads in each of five stores and week, who come in the week of their lead or never. */
export const largeChain: Chain = {
  stores: 5,
  leads: 500,
  wobble: 0,
  weeks: 32,
  visit: 0.43,
  buy: 0.42,
  delay: 'same_week',
  isWhole: false,
  drop: { week: 30, factor: 0.7 },
};

/** Where a reader may come upon a store's fall: in the row of each store, on the page of that store, in the chain's sum. */
export const places = ['amongStores', 'onItsPage', 'inTheSum'] as const;
export type Place = (typeof places)[number];

/** Whether the fall of the first store's visit rate is called, by place. */
export async function isDropCalled(
  warehouse: Warehouse,
  week: number,
  compare: Chosen['compare'],
): Promise<Record<Place, boolean>> {
  const from = mondayOfWeek(week);
  const period = { from, to: addDays(from, 6), as_of: addDays(from, 6), view: 'period', compare } as const;
  const isFound = (row: FunnelChangeRow) =>
    isCalled(row) && row.step_no === 3 && row.figure === 'rate' && (row.change ?? 0) < 0;
  const [stores, page, sum] = await Promise.all([
    funnelChange(asOwner({ warehouse }), { ...period, by: 'store' }),
    funnelChange(asOwner({ warehouse }), { ...period, where: ['store=store 0'] }),
    funnelChange(asOwner({ warehouse }), period),
  ]);
  return {
    amongStores: stores.rows.some((row) => row.segment === 'store 0' && isFound(row)),
    onItsPage: page.rows.some(isFound),
    inTheSum: sum.rows.some(isFound),
  };
}
