import type { Parameters } from 'fast-check';

/** Whether the long series are asked for (`npm run soak`). */
export const isSoak = process.env.SEVENSTEPS_SOAK === '1';

/** How many random cases a property is tried on: a share of them in `npm test`, all in `npm run soak`. */
export function runs<T>(share: number, soak: number): Parameters<T> {
  return { seed: 20251122, numRuns: isSoak ? soak : share };
}
