import { placeOf } from './place.ts';

/** Of those who entered, the share that came this far and the share that still may; what is left is lost. In 0…1. */
export type FateMark = {
  done: number;
  open: number;
  whisker: { low: number; high: number } | null;
};

/** The bar of a step: `people` and `open` of `entered`, on an axis that ends at `end` (a rate). Null where nobody entered. */
export function fateOf(
  { people, open, entered }: { people: number; open: number; entered: number },
  interval: { low: number | null; high: number | null },
  end = 1,
): FateMark | null {
  if (entered === 0) return null;
  const share = (rate: number) => placeOf(rate / end);
  const done = share(people / entered);
  const { low, high } = interval;
  return {
    done,
    open: Math.max(0, share((people + open) / entered) - done),
    whisker: low === null || high === null ? null : { low: share(low), high: share(high) },
  };
}
