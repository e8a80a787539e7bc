import { placeOf } from './place.ts';
import { extent } from './ticks.ts';

/** An axis of differences that holds 0; `ticks` are round values from its lower to its upper end. */
export type DifferenceAxis = {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
};

/** Somebody beside what was to be expected of them: the estimate with its interval, and what they reached as it stands. */
export type Beside = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly raw: number | null;
};

/** The same as shares of the axis in 0…1. */
export type CaterpillarMark = {
  at: number | null;
  whisker: { low: number; high: number } | null;
  raw: number | null;
};

const MOST_STEPS = 4;

/** The axis on which all of them find room, with two to four steps of 1, 2 or 5 times a power of ten. */
export function differenceAxis(people: readonly Beside[]): DifferenceAxis {
  const reach = extent([0, ...people.flatMap(({ value, low, high, raw }) => [value, low, high, raw])]);
  const [least, most] = reach && reach.high > reach.low ? [reach.low, reach.high] : [-0.01, 0.01];
  const step = stepFor((most - least) / MOST_STEPS);
  const [first, last] = [Math.floor(least / step + 1e-9), Math.ceil(most / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => rounded((first + at) * step));
  return { low: rounded(first * step), high: rounded(last * step), ticks };
}

/** Where a difference stands on the axis, 0…1. */
export function differenceAt({ low, high }: DifferenceAxis, value: number): number {
  return placeOf((value - low) / (high - low));
}

/** Where somebody's estimate, interval and raw value stand. */
export function caterpillarMark(axis: DifferenceAxis, { value, low, high, raw }: Beside): CaterpillarMark {
  const at = (one: number | null) => (one === null ? null : differenceAt(axis, one));
  return {
    at: at(value),
    whisker:
      low === null || high === null ? null : { low: differenceAt(axis, low), high: differenceAt(axis, high) },
    raw: at(raw),
  };
}

/** The first of 1, 2, 5, 10 … times a power of ten that is no smaller. */
function stepFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((times) => times * power >= least * 0.9999) ?? 10);
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
