import type { TrendPoint } from '#lib/charts/people-trend.ts';
import type { FunnelTrendRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';

export type TrendView = { points: TrendPoint[] };

/** Leads, visits and orders week by week, oldest first; null where a step has no source. */
export function trendView(locale: Locale, rows: readonly FunnelTrendRow[]): TrendView {
  const weeks = [...new Set(rows.map(({ starts_on }) => starts_on))].sort();
  return {
    points: weeks.map((week) => {
      const people = (step: number) =>
        rows.find((row) => row.starts_on === week && row.step_no === step)?.people ?? null;
      const complete = rows.find((row) => row.starts_on === week)?.complete ?? true;
      return {
        week: shortDay(locale, week),
        leads: people(2),
        visits: people(3),
        orders: people(4),
        complete,
      };
    }),
  };
}
