import type { WeekSummaryRow } from '#lib/server/reports.gen.ts';

/**
 * Whose figures a comparison is about: those of all stores, of the ones that handed in everything, or of none because
 * every store lacks something. What is not compared is always about all stores.
 */
export type Base = { kind: 'all' } | { kind: 'part'; stores: number } | { kind: 'none' };

/** The stores whose orders and money are compared. */
export function comparedBase({ all_stores, compared_stores }: WeekSummaryRow): Base {
  return baseOf(all_stores, compared_stores);
}

/** The stores whose revenue is taken apart: those that lack no list at all. */
export function wholeBase({ all_stores, whole_stores }: WeekSummaryRow): Base {
  return baseOf(all_stores, whole_stores);
}

function baseOf(all: number, stores: number): Base {
  if (stores === all) return { kind: 'all' };
  return stores === 0 ? { kind: 'none' } : { kind: 'part', stores };
}
