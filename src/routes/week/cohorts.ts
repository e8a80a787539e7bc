import { barOf } from '#lib/charts/bar.ts';
import type { BarMark } from '#lib/charts/bar.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { FunnelTrendRow } from '#lib/server/reports.gen.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { count, percent, percentRange } from '#lib/ui/numbers.ts';
import { marksWithin } from '#lib/ui/week-notes.ts';
import type { MarkedNotes } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';

export type CohortRate = {
  rate: string | null;
  interval: string | null;
  bar: BarMark | null;
  unfinished: boolean;
};

/** The leads of one week: how many there were, and what share has visited and ordered so far. */
export type CohortRow = {
  week: string;
  /** Mark of the notes that are pinned to the week; empty without one. */
  note: string;
  leads: string | null;
  visits: string | null;
  orders: string | null;
  running: boolean;
  /** A store recorded no leads for days although it usually does. */
  gap: boolean;
  visit: CohortRate;
  order: CohortRate;
};

export type CohortsView = {
  rows: CohortRow[];
  visitAxis: { ticks: { share: number; text: string }[] };
  orderAxis: { ticks: { share: number; text: string }[] };
  /** The step of the orders' denominator: visits, or leads where visits have no source. */
  orderFrom: number;
  unfinished: number;
  /** Weeks that have leads at all, and those of them whose leads are followed to visits or orders. */
  weeks: number;
  followed: number;
  gap: boolean;
};

const [LEADS, VISITS, ORDERS] = [2, 3, 4] as const;

/** Weekly cohorts, oldest first, with one axis per rate. */
export function cohortsView(
  locale: Locale,
  rows: readonly FunnelTrendRow[],
  notes: readonly MarkedNotes[] = [],
): CohortsView {
  const ends = { visit: endOf(rows, VISITS), order: endOf(rows, ORDERS) };
  const weeks = [...new Set(rows.map(({ starts_on }) => starts_on))].sort();
  const views = weeks.map((week) => {
    const at = (step: number) => rows.find((row) => row.starts_on === week && row.step_no === step);
    return {
      week: shortDay(locale, week),
      note: marksWithin(notes, week, week),
      leads: people(locale, at(LEADS)),
      visits: people(locale, at(VISITS)),
      orders: people(locale, at(ORDERS)),
      running: at(LEADS)?.complete === false,
      gap: (at(LEADS)?.gap_stores ?? 0) > 0,
      visit: cohortRate(locale, at(VISITS), ends.visit),
      order: cohortRate(locale, at(ORDERS), ends.order),
    };
  });
  return {
    rows: views,
    visitAxis: axisOf(locale, ends.visit),
    orderAxis: axisOf(locale, ends.order),
    orderFrom: rows.findLast((row) => row.step_no === ORDERS && row.rate_from !== null)?.rate_from ?? VISITS,
    unfinished: views.filter(({ visit, order }) => visit.unfinished || order.unfinished).length,
    weeks: rows.filter(({ step_no, people }) => step_no === LEADS && people !== null && people > 0).length,
    followed: views.filter(({ visit, order }) => visit.rate !== null || order.rate !== null).length,
    gap: views.some(({ gap }) => gap),
  };
}

function cohortRate(locale: Locale, row: FunnelTrendRow | undefined, end: number): CohortRate {
  const interval =
    row?.rate_low == null || row.rate_high == null ? null : { low: row.rate_low, high: row.rate_high };
  const unfinished = row?.rate != null && row.immature;
  return {
    rate: row?.rate == null ? null : percent(locale, row.rate),
    interval: interval && percentRange(locale, interval.low, interval.high),
    bar: barOf(row?.rate ?? null, interval, end, unfinished),
    unfinished,
  };
}

function people(locale: Locale, row: FunnelTrendRow | undefined): string | null {
  return row?.people == null ? null : count(locale, row.people);
}

/** The axis ends at the first round mark above the highest rate and the middle of the intervals' upper ends. */
function endOf(rows: readonly FunnelTrendRow[], step: number): number {
  const ofStep = rows.filter((row) => row.step_no === step);
  const highest = extent(ofStep.flatMap(({ rate, rate_high }) => [rate, rate_high]))?.high ?? 1;
  return rateTicks(highest).at(-1) ?? 1;
}

function axisOf(locale: Locale, end: number) {
  const marks = rateTicks(end);
  return {
    ticks: marks.map((mark, index) => ({
      share: mark / end,
      text: index === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
    })),
  };
}
