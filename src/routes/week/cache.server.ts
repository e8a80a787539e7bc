import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { processLog } from '#lib/server/log/log.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { sightOf } from '#lib/server/reports/audience.ts';
import { answerCache } from '#lib/server/reports/cache.ts';
import type { AnswerCache } from '#lib/server/reports/cache.ts';
import { textsStamp } from '#lib/server/reports/texts.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

const PAGES_KEPT = 200;
const OLDER_PAGES_KEPT = 20;
/** How long a reader waits for new figures where there are older ones, in milliseconds. */
const PATIENCE = 5_000;

const caches = new WeakMap<Warehouse, AnswerCache>();

/** A page, and whether it shows what the data gave before they changed. */
export type Kept<T> = T & { isOlder: boolean };

/**
 * What a page shows, made once for each question and all who are given the same, as long as the data stay the same. Where
 * that takes longer than `patience` after the data have changed, or fails, what they gave before is shown meanwhile. It is given
 * up when all who asked with a `signal` have gone away. Throws what `make` throws.
 */
export async function pageOnce<T extends object>(
  { warehouse, viewer }: Asker,
  question: readonly unknown[],
  make: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
  patience = PATIENCE,
): Promise<Kept<T>> {
  const cache = caches.get(warehouse) ?? answerCache(PAGES_KEPT, OLDER_PAGES_KEPT);
  caches.set(warehouse, cache);
  const version = warehouse.dataVersion();
  const key = JSON.stringify([textsStamp(), sightOf(viewer), ...question]);
  const older = cache.older(version, key) as T | undefined;
  if (older === undefined) return { ...(await cache.get(version, key, make, signal)), isOlder: false };
  const asked = cache
    .get(version, key, make)
    .then((page) => ({ ...page, isOlder: false }))
    .catch((error: unknown) => meanwhile(older, error));
  return withinPatience(asked, patience, () => ({ ...older, isOlder: true }));
}

/** What comes of `asked` within so many milliseconds, else what `otherwise` gives. Throws what `asked` throws in time. */
export async function withinPatience<T>(asked: Promise<T>, patience: number, otherwise: () => T): Promise<T> {
  const over = new AbortController();
  const waited = pause(patience, undefined, { signal: over.signal }).then(otherwise);
  waited.catch(() => undefined);
  try {
    return await Promise.race([asked, waited]);
  } finally {
    over.abort();
  }
}

/** What an engine that is too busy or breaks down leaves is older; what is wrong about the question is said. */
function meanwhile<T extends object>(older: T, error: unknown): Kept<T> {
  const isEngine =
    error instanceof Refusal && (error.code === 'query_timeout' || error.code === 'query_failed');
  if (!isEngine) throw error;
  processLog().fault('asking a page anew', error);
  return { ...older, isOlder: true };
}
