import { placeOf } from './place.ts';

/** A bar between two amounts of a waterfall; all numbers are shares of the axis in 0…1. */
export type WaterfallBar = { from: number; to: number; whole: boolean };

/** The axis of a waterfall: where 0 lies, and its round marks with their amounts. */
export type WaterfallAxis = { zero: number; ticks: { share: number; amount: number }[] };

/** The bars of a waterfall on one axis from 0 (below it only where a level is): a whole, its changes, a whole. */
export type Waterfall = {
  before: WaterfallBar;
  steps: WaterfallBar[];
  after: WaterfallBar;
  axis: WaterfallAxis;
};

/** Places given levels on an axis; each step goes from its level to the next one's, the last to `after`. */
export function waterfallOf(before: number, levels: readonly number[], after: number): Waterfall {
  const ends = [...levels.slice(1), after];
  const low = Math.min(0, before, after, ...levels);
  const high = Math.max(0, before, after, ...levels);
  const ticks = roundMarks(low, high);
  const bottom = Math.min(low, ticks[0] ?? low);
  const top = Math.max(high, ticks.at(-1) ?? high);
  const share = (amount: number) => (top === bottom ? 0 : placeOf((amount - bottom) / (top - bottom)));
  const zero = share(0);
  return {
    before: { from: zero, to: share(before), whole: true },
    steps: levels.map((level, index) => ({
      from: share(level),
      to: share(ends[index] ?? after),
      whole: false,
    })),
    after: { from: zero, to: share(after), whole: true },
    axis: { zero, ticks: ticks.map((amount) => ({ share: share(amount), amount })) },
  };
}

const MULTIPLES = [1, 2, 2.5, 5, 10];

/** Two or three round amounts that span a range. */
function roundMarks(low: number, high: number): number[] {
  if (high <= low) return [0];
  const rough = (high - low) / 2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (MULTIPLES.find((multiple) => multiple * power >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
