import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../app.ts';

/** How long an opening or a write waits for the standing question, in milliseconds. */
const PATIENCE = 2_000;

/**
 * Asks the standing question now and after every write, so that its answers are in memory when somebody asks. Whoever opens
 * or writes waits for it, for `patience` at the most: of a large store it goes on while they go on. One that fails is told
 * to whoever asks it.
 */
export async function keepAnswered(
  app: App,
  standing: (app: App) => Promise<unknown>,
  patience = PATIENCE,
): Promise<void> {
  const answer = async () => {
    const over = new AbortController();
    const asked = standing(app).catch(() => undefined);
    const waited = pause(patience, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([asked, waited]);
    over.abort();
  };
  app.warehouse.afterWrites(answer);
  await answer();
}
