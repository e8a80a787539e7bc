import type { Asker } from '#lib/server/reports/ask.ts';
import { sightOf } from '#lib/server/reports/audience.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { pageOnce, withinPatience } from './week/cache.server.ts';
import type { Kept } from './week/cache.server.ts';

/** How long a reader looks at nothing before the page says what it is doing, in milliseconds. */
const PATIENCE = 1_500;

/** The step that a page is at, null before the first, or why it could not go on. */
type Doing = { step: string | null; failed?: unknown };
type UnderWay = { readonly version: number; readonly pages: Map<string, Doing> };

const underWay = new WeakMap<Warehouse, UnderWay>();

/** A page that is there, or the step that is being done for it. */
export type InSteps<T, S> = (Kept<T> & { doing?: undefined }) | { doing: { step: S | null } };

/**
 * A page as `pageOnce` makes it, whose making takes long enough to be told step by step: who has waited for `patience` is told
 * which step has begun, and asks again, or is shown what older data gave. It goes on when nobody waits; why it could not is then thrown at the next who asks.
 * `make` says with `begin` that a step begins. Throws what `make` throws.
 */
export async function pageInSteps<T extends object, S extends string>(
  asker: Asker,
  question: readonly unknown[],
  make: (signal: AbortSignal, begin: (step: S) => void) => Promise<T>,
  patience = PATIENCE,
): Promise<InSteps<T, S>> {
  const { pages } = underWayAt(asker.warehouse);
  const key = JSON.stringify([sightOf(asker.viewer), ...question]);
  const doing: Doing = pages.get(key) ?? { step: null };
  if ('failed' in doing) {
    pages.delete(key);
    throw doing.failed;
  }
  pages.set(key, doing);
  const stepwise = (signal: AbortSignal) => make(signal, (step) => (doing.step = step));
  const asked = pageOnce(asker, question, stepwise, undefined, patience);
  asked.then(
    () => pages.delete(key),
    (failed: unknown) => pages.set(key, { step: null, failed }),
  );
  try {
    return await withinPatience<InSteps<T, S>>(asked, patience, () => ({
      doing: { step: doing.step as S | null },
    }));
  } catch (error) {
    pages.delete(key);
    throw error;
  }
}

function underWayAt(warehouse: Warehouse): UnderWay {
  const version = warehouse.dataVersion();
  const known = underWay.get(warehouse);
  if (known?.version === version) return known;
  const begun = { version, pages: new Map<string, Doing>() };
  underWay.set(warehouse, begun);
  return begun;
}
