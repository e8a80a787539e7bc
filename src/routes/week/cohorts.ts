import { barOf } from '#lib/charts/bar.ts';
import type { BarMark } from '#lib/charts/bar.ts';
import { placeOf } from '#lib/charts/place.ts';
import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { CohortForecastRow } from '#lib/server/reports.gen.ts';
import { addDays, shortDay } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange } from '#lib/ui/numbers.ts';
import { marksWithin } from '#lib/ui/week-notes.ts';
import type { MarkedNotes } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';

/** How a week does for its age. */
export type ForAge = 'ahead' | 'behind' | 'within_noise' | 'too_few' | 'too_early' | 'gap';

/** The leads of one week: how many ordered so far, and what share is expected to have in the end. */
export type CohortRow = {
  week: string;
  /** Mark of the notes that are pinned to the week; empty without one. */
  note: string;
  leads: string | null;
  orders: string | null;
  /** The bar so far; its whisker is the 95 % prediction interval of the end. */
  bar: BarMark | null;
  /** Place of what is expected in the end; null where nothing is. */
  expectedAt: number | null;
  rate: string | null;
  interval: string | null;
  forAge: ForAge | null;
  /** A store recorded nothing for days of the week although it usually does. */
  gap: boolean;
  href: string;
};

export type CohortsView = {
  rows: CohortRow[];
  axis: { share: number; text: string }[];
  unfinished: number;
  /** Weeks, as written, that are more than noise apart from earlier ones of their age. */
  ahead: string[];
  behind: string[];
  /** Weeks of which it can be told. */
  judged: number;
  /** Weeks whose leads are followed to orders. */
  followed: number;
  gap: boolean;
};

/** Weekly cohorts from `first` on, oldest first, on one axis. Weeks without leads have no bar and no number. */
export function cohortsView(
  locale: Locale,
  weeks: { first: string; count: number },
  rows: readonly CohortForecastRow[],
  asked: LinkParameters,
  notes: readonly MarkedNotes[] = [],
): CohortsView {
  const end = endOf(rows);
  const views = Array.from({ length: weeks.count }, (_, at) => {
    const week = addDays(weeks.first, 7 * at);
    const row = rows.find(({ starts_on }) => starts_on === week);
    return {
      week: shortDay(locale, week),
      note: marksWithin(notes, week, week),
      href: figureLink('cohort_forecast', 'so_far', asked, { segment: 'all', starts_on: week }),
      ...figuresOf(locale, row, end),
    };
  });
  const called = (verdict: ForAge) =>
    views.filter(({ forAge }) => forAge === verdict).map(({ week }) => week);
  const [ahead, behind] = [called('ahead'), called('behind')];
  return {
    rows: views,
    axis: rateTicks(end).map((mark, index) => ({
      share: mark / end,
      text: index === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
    })),
    unfinished: rows.filter(({ immature }) => immature).length,
    ahead,
    behind,
    judged: ahead.length + behind.length + called('within_noise').length,
    followed: rows.length,
    gap: views.some(({ gap }) => gap),
  };
}

function figuresOf(locale: Locale, row: CohortForecastRow | undefined, end: number) {
  if (row === undefined)
    return {
      leads: null,
      orders: null,
      bar: null,
      expectedAt: null,
      rate: null,
      interval: null,
      forAge: null,
      gap: false,
    };
  const { low_95_rate: low, high_95_rate: high, expected_rate: expected } = row;
  const interval = low === null || high === null ? null : { low, high };
  const isOpen = interval !== null && interval.high - interval.low > 0.0005;
  return {
    leads: count(locale, row.people),
    orders: count(locale, row.so_far),
    bar: barOf(row.so_far_rate, isOpen ? interval : null, end, false),
    expectedAt: expected === null ? null : placeOf(expected / end),
    rate: expected === null ? null : percent(locale, expected),
    interval: isOpen ? percentRange(locale, interval.low, interval.high) : null,
    forAge: row.verdict as ForAge,
    gap: row.gap_stores > 0,
  };
}

/** The axis ends at the first round mark above everything that is shown. */
function endOf(rows: readonly CohortForecastRow[]): number {
  const highest =
    extent(rows.flatMap(({ so_far_rate, high_95_rate }) => [so_far_rate, high_95_rate]))?.high ?? 1;
  return rateTicks(highest).at(-1) ?? 1;
}
