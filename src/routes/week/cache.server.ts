import { answerCache } from '#lib/server/reports/cache.ts';
import type { AnswerCache } from '#lib/server/reports/cache.ts';
import { textsStamp } from '#lib/server/reports/texts.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

const PAGES_KEPT = 200;
const caches = new WeakMap<Warehouse, AnswerCache>();

/** What a page shows, made once for each question as long as the data stay the same. */
export function pageOnce<T>(
  warehouse: Warehouse,
  question: readonly unknown[],
  make: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const cache = caches.get(warehouse) ?? answerCache(PAGES_KEPT);
  caches.set(warehouse, cache);
  return cache.get(warehouse.dataVersion(), JSON.stringify([textsStamp(), ...question]), make, signal);
}
