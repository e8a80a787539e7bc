import type { Range } from './band.ts';
import { placeOf } from './place.ts';

/** A touchpoint as an area: as wide as its attach rate, as high as what one sale is worth; shares in 0…1. */
export type LadderMark = { width: number; height: number; whisker: Range | null };

/** The area of a touchpoint where the most valuable one is `highest` high; null without a rate. */
export function ladderMark(
  rate: number | null,
  interval: Range | null,
  value: number | null,
  highest: number,
): LadderMark | null {
  if (rate === null) return null;
  return {
    width: placeOf(rate),
    height: value === null || highest <= 0 ? 0 : placeOf(value / highest),
    whisker: interval && { low: placeOf(interval.low), high: placeOf(interval.high) },
  };
}
