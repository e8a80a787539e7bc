import type { Range } from './band.ts';
import { placeOf } from './place.ts';

/** A figure as a dot on an axis from 0; all positions are shares of the axis in 0…1. */
export type DotMark = {
  at: number;
  /** The figure lies beyond the axis: an arrow head stands at its end. */
  beyond: boolean;
  /** The 95 % interval. */
  whisker: (Range & { beyond: boolean }) | null;
  /** Where such figures usually lie, behind the dot. */
  usual: (Range & { beyond: boolean }) | null;
};

/** The dot of a figure on an axis that ends at `end`; null without a figure. */
export function dotOf(
  value: number | null,
  { interval = null, usual = null }: { interval?: Range | null; usual?: Range | null },
  end: number,
): DotMark | null {
  if (value === null) return null;
  const share = (figure: number) => placeOf(figure / end);
  const span = (range: Range | null) =>
    range && { low: share(range.low), high: share(range.high), beyond: range.high > end };
  return { at: share(value), beyond: value > end, whisker: span(interval), usual: span(usual) };
}
