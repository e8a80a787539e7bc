import { placeOf } from './place.ts';

/** A rate as a bar from 0 with its interval; all numbers are shares of the axis in 0…1. */
export type BarMark = {
  length: number;
  whisker: { low: number; high: number; beyond: boolean } | null;
  unfinished: boolean;
};

/** The bar of a rate on an axis that ends at `end`; null without a rate. */
export function barOf(
  rate: number | null,
  interval: { low: number; high: number } | null,
  end: number,
  unfinished: boolean,
): BarMark | null {
  if (rate === null) return null;
  const share = (value: number) => placeOf(value / end);
  return {
    length: share(rate),
    whisker: interval && {
      low: share(interval.low),
      high: share(interval.high),
      beyond: interval.high > end,
    },
    unfinished,
  };
}
