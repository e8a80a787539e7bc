const STEPS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 1];

/** Round marks for rates: 0 and two to four more, the last one at or above `highest` where that is at most 1. */
export function rateTicks(highest: number): number[] {
  const wanted = Math.min(Math.max(highest, 0.01), 1);
  const step = STEPS.find((size) => wanted / size <= 3.0001) ?? 1;
  const marks = Math.max(2, Math.ceil(wanted / step - 1e-9));
  return Array.from({ length: marks + 1 }, (_, index) => round(index * step));
}

/** Round marks for amounts: 0 and two to five more, the last one at or above `highest`. */
export function amountTicks(highest: number): number[] {
  const wanted = Math.max(highest, 1);
  const ten = 10 ** Math.floor(Math.log10(wanted / 2));
  const step = [1, 2, 5, 10].map((size) => size * ten).find((size) => wanted / size <= 4) ?? wanted;
  return Array.from({ length: Math.max(2, Math.ceil(wanted / step)) + 1 }, (_, index) => round(index * step));
}

/** The smallest and the largest number of a list's finite members; null for none. */
export function extent(values: readonly (number | null)[]): { low: number; high: number } | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
