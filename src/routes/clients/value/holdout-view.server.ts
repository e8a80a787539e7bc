import { amountTicks, extent } from '#lib/charts/ticks.ts';
import type { HoldoutTrackingRow } from '#lib/server/reports.gen.ts';
import { longDay } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count, measure } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { HoldoutAnswers } from './holdout.server.ts';

const frame = { width: 640, height: 240, left: 48, right: 72, top: 20, bottom: 26 };
/** Labels nearer to each other than this would lie on each other. */
const LINE = 15;
/** The group of those who came back so often or oftener. */
const OFTEN = 7;

/** What the model would have foretold beside what came; null where it has no fit. Server only. */
export function holdoutView(locale: Locale, { asked, periods, groups }: HoldoutAnswers) {
  const last = periods.at(-1);
  if (last?.all_expected_orders == null) return null;
  const figure = (value: number | null) => (value === null ? '—' : measure(locale, value));
  const day = longDay(locale, asked.until);
  return {
    about: word(locale, 'value.held.about', {
      day,
      last: longDay(locale, last.ends_on),
      expected: count(locale, Math.round(last.all_expected_orders)),
      came: count(locale, last.all_repeat_orders),
    }),
    csv: {
      periods: reportLink('holdout_tracking', asked, 'csv'),
      groups: reportLink('holdout_expectations', asked, 'csv'),
    },
    picture: picture(locale, periods),
    periodsTitle: word(locale, 'value.held.periods', { day }),
    periods: periods
      .filter(({ period_no }) => period_no > 0)
      .map((row) => ({
        ends: longDay(locale, row.ends_on),
        came: count(locale, row.repeat_orders),
        expected: figure(row.expected_orders),
      })),
    groupsTitle: word(locale, 'value.held.groups', { day }),
    groups: groups.map((row) => ({
      times: timesBack(locale, row.times_back),
      clients: count(locale, row.clients),
      each: figure(row.orders_per_client),
      expected: figure(row.expected_per_client),
    })),
  };
}

export type HoldoutView = NonNullable<ReturnType<typeof holdoutView>>;

function timesBack(locale: Locale, times: number): string {
  if (times === 0) return word(locale, 'value.held.never');
  if (times === 1) return word(locale, 'value.held.once');
  return word(locale, times < OFTEN ? 'value.held.some' : 'value.held.often', {
    count: count(locale, times),
  });
}

/** Both courses of repeat orders so far over the ends of the periods, and the day up to which the model knew. */
function picture(locale: Locale, periods: readonly HoldoutTrackingRow[]) {
  const days = extent(periods.map(({ days_after }) => days_after)) ?? { low: 0, high: 1 };
  const both = periods.flatMap((row) => [row.all_repeat_orders, row.all_expected_orders]);
  const ticks = amountTicks(extent(both)?.high ?? 1);
  const base = frame.height - frame.bottom;
  const end = frame.width - frame.right;
  const x = (day: number) =>
    frame.left + ((day - days.low) / Math.max(days.high - days.low, 1)) * (end - frame.left);
  const y = (orders: number) => base - (orders / (ticks.at(-1) ?? 1)) * (base - frame.top);
  const path = (orders: (row: HoldoutTrackingRow) => number) =>
    `M${periods.map((row) => `${x(row.days_after).toFixed(1)} ${y(orders(row)).toFixed(1)}`).join('L')}`;
  const last = periods.at(-1);
  const came = y(last?.all_repeat_orders ?? 0);
  const expected = y(last?.all_expected_orders ?? 0);
  const further = came <= expected ? Math.max(expected, came + LINE) : Math.min(expected, came - LINE);
  return {
    ...frame,
    base,
    known: x(0),
    came: { path: path((row) => row.all_repeat_orders), y: came + 4 },
    expected: { path: path((row) => row.all_expected_orders ?? 0), y: further + 4 },
    amounts: ticks.map((tick) => ({ y: y(tick), text: count(locale, tick) })),
    ends: [periods[0], last].flatMap((row) => (row ? [longDay(locale, row.ends_on)] : [])),
  };
}
