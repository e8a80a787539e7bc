/**
 * The p-quantile of measured durations by linear interpolation between order statistics (type 7 of Hyndman & Fan
 * 1996, *The American Statistician*). Throws on an empty list: nothing measured is not zero.
 */
export function quantile(durations: number[], p: number): number {
  if (durations.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? 0;
  return below + (above - below) * (at - Math.floor(at));
}

/** The middle of measured durations. */
export const median = (durations: number[]): number => quantile(durations, 0.5);
