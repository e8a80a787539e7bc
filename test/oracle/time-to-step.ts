import { dayOf, elapsedDays } from './days.ts';
import type { Path } from './journeys.ts';
import { isBegunIn, passes, type Question } from './scope.ts';
import { segmentValue } from './segments.ts';
import type { Text } from './tables.ts';

/** Days from the beginning of journeys to one step, named like the columns of the report `time_to_step`. */
export interface Waits {
  segment: Text;
  people: number;
  median_days: number | null;
  mean_days: number | null;
  p10_days: number | null;
  p90_days: number | null;
  max_days: number | null;
  negative_people: number;
}

/** The report `time_to_step`: journeys begun in the period that reached the step by as_of. */
export function timeToStep(
  everyPath: Path[],
  step: 3 | 4 | 5 | 6,
  question: Omit<Question, 'view'>,
): Waits[] {
  const asked: Question = { ...question, view: 'cohort' };
  const groups = new Map<Text, number[]>();
  for (const path of everyPath) {
    const instant = path.reached[step];
    if (!isBegunIn(path, asked) || instant === null || dayOf(instant) > asked.as_of) continue;
    if (!passes((field) => segmentValue(path, field).text, asked.where ?? [])) continue;
    const name = asked.by ? segmentValue(path, asked.by).text : 'all';
    groups.set(name, [...(groups.get(name) ?? []), elapsedDays(path.beganAt, instant)]);
  }
  return [...groups].map(([segment, days]) => ({
    segment,
    people: days.length,
    median_days: percentile(days, 0.5),
    mean_days: days.length > 0 ? days.reduce((sum, value) => sum + value, 0) / days.length : null,
    p10_days: percentile(days, 0.1),
    p90_days: percentile(days, 0.9),
    max_days: days.length > 0 ? Math.max(...days) : null,
    negative_people: days.filter((value) => value < 0).length,
  }));
}

/** Percentile with linear interpolation between neighbours (Hyndman & Fan 1996, type 7). */
export function percentile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (place - Math.floor(place));
}
