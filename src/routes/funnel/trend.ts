import type { TrendPoint } from '#lib/charts/people-trend.ts';
import type { RatePoint } from '#lib/charts/rate-trend.ts';
import type { FunnelTrendRow } from '#lib/server/reports.gen.ts';
import { monthName, shortDay } from '#lib/ui/dates.ts';
import { marksWithin } from '#lib/ui/week-notes.ts';
import type { MarkedNotes } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { Grain } from './question.ts';

export type TrendsView = {
  grain: Grain;
  people: TrendPoint[];
  visit: RatePoint[];
  order: RatePoint[];
  /** The step of the orders' denominator. */
  orderFrom: number;
  incomplete: boolean;
  notes: MarkedNotes[];
};

const [LEADS, VISITS, ORDERS] = [2, 3, 4] as const;

/** People by week or month as it happened, and the rates of each week's or month's leads, oldest first. */
export function trendsView(
  locale: Locale,
  grain: Grain,
  happened: readonly FunnelTrendRow[],
  cohorts: readonly FunnelTrendRow[],
  notes: readonly MarkedNotes[],
): TrendsView {
  const name = (day: string) => (grain === 'month' ? monthName(locale, day) : shortDay(locale, day));
  const point = (starts: string, ends: string) => ({
    week: name(starts),
    note: marksWithin(notes, starts, ends) || undefined,
  });
  const people = pointsOf(happened).map(({ starts, ends, at, all }) => ({
    ...point(starts, ends),
    leads: at(LEADS)?.people ?? null,
    visits: at(VISITS)?.people ?? null,
    orders: at(ORDERS)?.people ?? null,
    complete: all.every(({ complete, gap_stores }) => complete && gap_stores === 0),
  }));
  const rates = (step: number) =>
    pointsOf(cohorts).map(({ starts, ends, at }) => {
      const row = at(step);
      return {
        ...point(starts, ends),
        rate: row?.rate ?? null,
        low: row?.rate_low ?? null,
        high: row?.rate_high ?? null,
        finished: row !== undefined && !row.immature && row.gap_stores === 0,
      };
    });
  return {
    grain,
    people,
    visit: rates(VISITS),
    order: rates(ORDERS),
    orderFrom:
      cohorts.findLast((row) => row.step_no === ORDERS && row.rate_from !== null)?.rate_from ?? VISITS,
    incomplete: people.some(({ complete }) => !complete),
    notes: [...notes],
  };
}

function pointsOf(rows: readonly FunnelTrendRow[]) {
  return [...new Set(rows.map(({ starts_on }) => starts_on))].sort().map((starts) => {
    const all = rows.filter((row) => row.starts_on === starts);
    return {
      starts,
      ends: all[0]?.ends_on ?? starts,
      all,
      at: (step: number) => all.find(({ step_no }) => step_no === step),
    };
  });
}
