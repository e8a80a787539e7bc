import type { TrendPoint } from '#lib/charts/people-trend.ts';
import type { FunnelTrendRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { marksWithin } from '#lib/ui/week-notes.ts';
import type { MarkedNotes } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';

export type TrendView = { points: TrendPoint[]; incomplete: boolean };

/** Leads, visits and orders week by week, oldest first; null where a step has no source; with the marks of the notes that are pinned to them. */
export function trendView(
  locale: Locale,
  rows: readonly FunnelTrendRow[],
  notes: readonly MarkedNotes[] = [],
): TrendView {
  const weeks = [...new Set(rows.map(({ starts_on }) => starts_on))].sort();
  const points = weeks.map((week) => {
    const ofWeek = rows.filter((row) => row.starts_on === week);
    const people = (step: number) => ofWeek.find((row) => row.step_no === step)?.people ?? null;
    return {
      week: shortDay(locale, week),
      note: marksWithin(notes, week, week) || undefined,
      leads: people(2),
      visits: people(3),
      orders: people(4),
      complete: ofWeek.every(({ complete, gap_stores }) => complete && gap_stores === 0),
    };
  });
  return { points, incomplete: points.some(({ complete }) => !complete) };
}
