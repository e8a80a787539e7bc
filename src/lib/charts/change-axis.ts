import { placeOf } from './place.ts';

/** A relative change on one logarithmic axis from half to double. Positions are in 0…1; 0.5 is "as before". */
export type ChangeMark = {
  dot: Spot;
  /** The 95 % interval of the change. */
  whisker: Span | null;
  /** The usual weekly range, where a rate has no interval of its own. */
  usual: Span | null;
};

/** A place on the axis; `off` says on which side the true value lies beyond it. */
export type Spot = { at: number; off: 'left' | 'right' | null };
export type Span = { from: Spot; to: Spot };

/** Where a ratio (1 = as before) stands on the axis. 0 and less lie beyond its left end. */
export function spotOf(ratio: number): Spot {
  if (ratio < 0.5) return { at: 0, off: 'left' };
  if (ratio > 2) return { at: 1, off: 'right' };
  return { at: placeOf(0.5 + 0.5 * Math.log2(ratio)), off: null };
}

/** The part of the axis between two ratios; null when all of it lies beyond one end. */
export function spanOf(low: number, high: number): Span | null {
  const [from, to] = [spotOf(low), spotOf(high)];
  return from.off !== null && from.off === to.off ? null : { from, to };
}

/** The marks of one comparison. Ratios of 1 mean no change; null where a figure is missing. */
export function changeMark(change: {
  ratio: number | null;
  interval: { low: number; high: number } | null;
  usual: { low: number; high: number } | null;
}): ChangeMark | null {
  if (change.ratio === null) return null;
  return {
    dot: spotOf(change.ratio),
    whisker: change.interval ? spanOf(change.interval.low, change.interval.high) : null,
    usual: change.usual ? spanOf(change.usual.low, change.usual.high) : null,
  };
}
