import { Refusal } from '#lib/errors/refusal.ts';
import type { DataSpanRow } from '#lib/server/reports.gen.ts';
import { addDays, mondayOf } from '#lib/ui/dates.ts';

/** First and last business day, inclusive. */
export type Days = { from: string; to: string };

/** The days that an address names, or one of them, or none. */
type AskedDays = { readonly from: string | null; readonly to: string | null };

/** What the data reach, as the report data_span tells. */
export type Reach = { firstDay: string; lastDay: string; lastWeek: string | null };

/** The periods that pages offer, by the number of whole weeks they have. */
const offeredWeeks = [1, 4, 13, 52] as const;

/** The last complete weeks before the data's end, that many; the week begun while none is complete. */
function lastWeeks({ lastDay, lastWeek }: Reach, weeks: number): Days {
  const monday = lastWeek ?? mondayOf(lastDay);
  return { from: addDays(monday, -7 * (weeks - 1)), to: addDays(monday, 6) };
}

/**
 * The period that an address means: its own days, or the last `weeks` complete weeks; one end alone is filled up to as
 * many weeks. Throws Refusal period_reversed.
 */
export function periodOf(asked: AskedDays, reach: Reach, weeks: number): Days {
  return periodOr(asked, lastWeeks(reach, weeks));
}

/** The same where other days are usual. */
export function periodOr({ from, to }: AskedDays, usual: Days): Days {
  const span = lengthOf(usual) - 1;
  const days = {
    from: from ?? (to === null ? usual.from : addDays(to, -span)),
    to: to ?? (from === null ? usual.to : addDays(from, span)),
  };
  if (days.to < days.from) throw new Refusal('period_reversed', days);
  return days;
}

/** The links of a page about any period: to the ones before and after, and to the usual ones. */
export function periodLinks(days: Days, reach: Reach, addressFor: (days: Days) => string) {
  const beside = (side: -1 | 1) => {
    const next = neighbour(days, reach, side);
    return next && addressFor(next);
  };
  return {
    before: beside(-1),
    after: beside(1),
    weeks: offeredWeeks.map((weeks) => {
      const offered = lastWeeks(reach, weeks);
      return { weeks, href: addressFor(offered), here: offered.from === days.from && offered.to === days.to };
    }),
  };
}

/** The 52 weeks in which people are compared, as the report data_span tells; null while there are no data. */
export function comparedDays({
  compared_from: from,
  compared_to: to,
}: Pick<DataSpanRow, 'compared_from' | 'compared_to'>): Days | null {
  return from === null || to === null ? null : { from, to };
}

/** The number of days of a period. */
function lengthOf({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

/** The period of the same length right before or after; null where the data do not reach. */
export function neighbour(days: Days, { firstDay, lastDay }: Reach, side: -1 | 1): Days | null {
  const shift = side * lengthOf(days);
  const next = { from: addDays(days.from, shift), to: addDays(days.to, shift) };
  return next.to < firstDay || next.from > lastDay ? null : next;
}
