import { watch } from 'node:fs';
import { queriesPath } from '../project.ts';

const SETTLE_MS = 50;

/**
 * Calls back shortly after files in queries have changed; returns the way to stop. The next question reads the texts
 * again by itself (`isLive`), so this is only for whoever shows them, e.g. to reload a page.
 */
export function watchQueries(changed: () => void): () => void {
  let settle: NodeJS.Timeout | undefined;
  const watcher = watch(queriesPath(), { recursive: true }, () => {
    clearTimeout(settle);
    settle = setTimeout(changed, SETTLE_MS);
  });
  return () => {
    clearTimeout(settle);
    watcher.close();
  };
}
