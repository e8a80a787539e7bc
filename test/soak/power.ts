import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { rowsOfWeek } from './noise.ts';
import { simulate, type Chain } from './simulated-chain.ts';

/** A figure of the report funnel_change. */
export interface Figure {
  view: 'period' | 'cohort';
  step_no: number;
  figure: string;
}

/** One figure for each way of judging: a count, money, a ratio with a usual range, a nested proportion. */
export const sensitiveFigures: Figure[] = [
  { view: 'period', step_no: 3, figure: 'people' },
  { view: 'period', step_no: 4, figure: 'signed' },
  { view: 'period', step_no: 3, figure: 'rate' },
  { view: 'cohort', step_no: 3, figure: 'rate' },
];

/** Chains simulated together, each of one store and 300 leads a week. */
const LOT = 18;
const WEEK = 30;

const oneStore: Chain = {
  stores: 1,
  leads: 300,
  wobble: 0,
  weeks: WEEK + 2,
  visit: 0.43,
  buy: 0.42,
  delay: 'same_week',
  isWhole: false,
  drop: null,
};

/**
 * How often a fall of the size that the report calls noticeable is noticed. The size is the mean of what it says of stable
 * chains; it is planted in as many others (`lots` times 18) by their visit rate, and counts as noticed where the figure's
 * own p value passes the level that is called for certain, 5 % over the comparisons of the view.
 */
export async function noticed(
  warehouse: Warehouse,
  { view, step_no, figure }: Figure,
  lots: number,
): Promise<{ drop: number; share: number; weeks: number }> {
  const rows = async (drop: Chain['drop'], first: number) => {
    const found = [];
    for (let lot = 0; lot < lots; lot += 1) {
      const seeds = Array.from({ length: LOT }, (_, place) => first + lot * LOT + place);
      await simulate(warehouse, { ...oneStore, drop }, seeds);
      found.push(...(await rowsOfWeek(warehouse, WEEK, { view, compare: 'previous' }, seeds)));
    }
    return found.map((all) => ({
      row: all.find((one) => one.step_no === step_no && one.figure === figure),
      judged: all.filter(({ p }) => p !== null).length,
    }));
  };
  const said = (await rows(null, 1)).map(({ row }) => row?.detectable_drop ?? Number.NaN);
  const drop = said.reduce((sum, value) => sum + value, 0) / said.length;
  const fallen = await rows({ week: WEEK, factor: 1 - drop }, 1001);
  const count = fallen.filter(
    ({ row, judged }) => row?.p != null && (row.change ?? 0) < 0 && row.p <= 0.05 / judged,
  );
  return { drop, share: count.length / fallen.length, weeks: fallen.length };
}
