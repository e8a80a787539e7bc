/** So finely remainders are compared: what sums of doubles lose is no remainder. */
const FINEST = 1e6;

/**
 * Whole numbers next to the given parts that sum to a whole: each part without its fraction, and one more for those of the largest
 * fractions (Hare–Niemeyer, largest remainder), of equal ones for the first. Parts must sum to the whole but for rounding.
 */
export function allotted(whole: number, parts: readonly number[]): number[] {
  const floors = parts.map((part) => Math.floor(part));
  const left = whole - floors.reduce((sum, floor) => sum + floor, 0);
  const order = parts
    .map((part, at) => ({ at, rest: Math.round((part - (floors[at] ?? 0)) * FINEST) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  const raised = new Set(order.slice(0, Math.max(left, 0)).map(({ at }) => at));
  return floors.map((floor, at) => floor + (raised.has(at) ? 1 : 0));
}
