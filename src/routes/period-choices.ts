import { addDays, mondayOf } from '#lib/ui/dates.ts';

/** First and last business day, inclusive. */
export type Days = { from: string; to: string };

/** What the data reach, as the report data_span tells. */
export type Reach = { firstDay: string; lastDay: string; lastWeek: string | null };

/** The periods that a page offers, by the number of whole weeks they have. */
export const offeredWeeks = [1, 4, 13, 52] as const;

/** The last complete weeks before the data's end, that many; the week begun while none is complete. */
export function lastWeeks({ lastDay, lastWeek }: Reach, weeks: number): Days {
  const monday = lastWeek ?? mondayOf(lastDay);
  return { from: addDays(monday, -7 * (weeks - 1)), to: addDays(monday, 6) };
}

/** The number of days of a period. */
export function lengthOf({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

/** The period of the same length right before or after; null where the data do not reach. */
export function neighbour(days: Days, { firstDay, lastDay }: Reach, side: -1 | 1): Days | null {
  const shift = side * lengthOf(days);
  const next = { from: addDays(days.from, shift), to: addDays(days.to, shift) };
  return next.to < firstDay || next.from > lastDay ? null : next;
}
