import { placeOf } from './place.ts';

/** A line of points whose gaps stay open; x and y are shares of the box in 0…1, y from the top. */
export type Sparkline = { paths: string[]; last: { x: number; y: number } | null };

/** The shape of a series on a scale of its own, from 0 (or the lowest value below it) to the highest. */
export function sparklineOf(values: readonly (number | null)[]): Sparkline {
  const known = values.filter((value): value is number => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const place = (value: number, index: number) => ({
    x: values.length > 1 ? placeOf(index / (values.length - 1)) : 0.5,
    y: high === low ? 1 : placeOf(1 - (value - low) / (high - low)),
  });
  const paths: string[] = [];
  let open = '';
  let last: Sparkline['last'] = null;
  values.forEach((value, index) => {
    if (value === null) {
      if (open !== '') paths.push(open);
      open = '';
      return;
    }
    last = place(value, index);
    open += `${open === '' ? 'M' : 'L'}${(last.x * 100).toFixed(1)},${(last.y * 100).toFixed(1)}`;
  });
  if (open !== '') paths.push(open);
  return { paths, last };
}
