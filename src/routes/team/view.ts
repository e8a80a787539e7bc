import { caterpillarMark, differenceAt, differenceAxis } from '#lib/charts/caterpillar.ts';
import type { CaterpillarMark, DifferenceAxis } from '#lib/charts/caterpillar.ts';
import { draw } from '#lib/charts/draw.ts';
import type { Drawings } from '#lib/charts/draw.ts';
import { funnelPlotOption } from '#lib/charts/funnel-plot.ts';
import type { StaffComparisonRow } from '#lib/server/reports.gen.ts';
import { addDays, period, weekday } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { periodLinks } from '../period-choices.ts';
import type { TeamAnswers } from './answers.server.ts';
import { deskNames, deskOf, desks } from './figures.ts';
import type { Desk, TeamFigure } from './figures.ts';
import { addressOf } from './question.ts';
import type { TeamQuestion } from './question.ts';

/** What can be said of somebody beside what was to be expected. */
export type Verdict = 'above' | 'as_expected' | 'below' | 'too_early' | 'not_separable' | 'nobody_else';

/** Which places somebody may hold, and of how many others they cannot be told apart. */
export type Places = {
  only: string | null;
  low: string;
  high: string;
  alike: string;
  all: boolean;
};

export type Person = {
  id: string;
  name: string;
  store: string | null;
  href: string;
  hits: string;
  base: string;
  rate: string;
  /** The link that opens the rate. */
  opens: string;
  expected: string | null;
  /** Percentage points beside what was to be expected. */
  difference: string | null;
  interval: string | null;
  verdict: Verdict;
  places: Places | null;
  mark: CaterpillarMark;
};

/** The page Team in the reader's language and figures, ready to be laid out. Server only. */
export function teamView(
  locale: Locale,
  house: { currency: string; zone: string },
  asked: TeamQuestion,
  answers: TeamAnswers,
) {
  const { days, reach, limits } = answers;
  const question = { ...asked, ...days };
  const { figure, store } = question;
  const rows = inOrder(answers.people, figure);
  const axis = differenceAxis(rows.map(besideOf));
  const params = { ...days, figure, store };
  const monthAgo = addDays(reach.lastDay, -GROWN_DAYS);
  return {
    heading: period(locale, days.from, days.to),
    days,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    upTo: weekday(locale, reach.lastDay),
    house,
    figure,
    desk: deskOf(figure),
    store,
    stores: answers.stores,
    links: {
      ...periodLinks(days, reach, (other) => addressOf(question, other)),
      desk: linksTo(deskNames, (desk: Desk) => addressOf(question, { figure: desks[desk][0] })),
      figure: linksTo(desks[deskOf(figure)], (one: TeamFigure) => addressOf(question, { figure: one })),
      grown: addressOf(question, { from: addDays(monthAgo, -QUARTER_DAYS), to: monthAgo }),
    },
    people: rows.map((row) => personOf(locale, axis, params, row)),
    axis: {
      zero: differenceAt(axis, 0),
      ticks: axis.ticks.map((tick) => ({
        share: differenceAt(axis, tick),
        text: points(locale, tick, 1).replace(/[.,]0+$/, ''),
      })),
    },
    houseRate: limits[0] === undefined ? null : percent(locale, limits[0].house_rate),
    funnel: funnelOf(locale, rows, answers),
    csv: {
      people: reportLink('staff_comparison', params, 'csv'),
      limits: reportLink('staff_limits', { ...days, figure }, 'csv'),
    },
  };
}

export type TeamView = ReturnType<typeof teamView>;

/** Units are old enough after this many days; where none is, the quarter before is offered. */
const GROWN_DAYS = 30;
const QUARTER_DAYS = 90;

/** Of whom something can be told first, the best difference first; then the others in the report's order. */
function inOrder(rows: readonly StaffComparisonRow[], figure: TeamFigure): StaffComparisonRow[] {
  const side = figure === 'cancellations' ? 1 : -1;
  const told = rows.filter(({ rank_low }) => rank_low !== null);
  return [
    ...told.toSorted((a, b) => side * ((a.difference ?? 0) - (b.difference ?? 0))),
    ...rows.filter(({ rank_low }) => rank_low === null),
  ];
}

function besideOf({ difference, difference_low, difference_high, raw_difference }: StaffComparisonRow) {
  return { value: difference, low: difference_low, high: difference_high, raw: raw_difference };
}

function personOf(
  locale: Locale,
  axis: DifferenceAxis,
  params: LinkParameters,
  row: StaffComparisonRow,
): Person {
  const { rate, difference, difference_low: low, difference_high: high } = row;
  const inPoints = (value: number) => points(locale, value, rate);
  return {
    id: row.staff_id,
    name: row.name ?? row.staff_id,
    store: row.store,
    href: `/me?staff=${encodeURIComponent(row.staff_id)}`,
    hits: count(locale, row.hits),
    base: count(locale, row.base),
    rate: percent(locale, rate),
    opens: figureLink('staff_comparison', 'rate', params, { staff_id: row.staff_id }),
    expected: row.expected === null ? null : percent(locale, row.expected),
    difference: difference === null ? null : inPoints(difference),
    interval:
      low === null || high === null
        ? null
        : word(locale, 'team.range', { low: inPoints(low), high: inPoints(high) }),
    verdict: (row.verdict ?? 'nobody_else') as Verdict,
    places: placesOf(locale, row),
    mark: caterpillarMark(axis, besideOf(row)),
  };
}

function placesOf(locale: Locale, row: StaffComparisonRow): Places | null {
  const { rank, rank_low: low, rank_high: high, ranked, alike } = row;
  if (low === null || high === null || ranked < 2) return null;
  return {
    only: rank === null ? null : count(locale, rank),
    low: count(locale, low),
    high: count(locale, high),
    alike: count(locale, alike ?? 0),
    all: low === 1 && high === ranked,
  };
}

/** The funnel plot with its table; null where nobody has a rate at the house's mix. */
function funnelOf(locale: Locale, rows: readonly StaffComparisonRow[], { limits }: TeamAnswers) {
  const shown = rows.flatMap((row) => {
    const { adjusted, funnel_low, funnel_high, funnel_far_low, funnel_far_high } = row;
    if (adjusted === null || funnel_low === null || funnel_high === null) return [];
    return [
      {
        name: row.name ?? row.staff_id,
        base: row.base,
        rate: adjusted,
        beyond: adjusted < funnel_low || adjusted > funnel_high,
        near: percentRange(locale, funnel_low, funnel_high),
        far: percentRange(locale, funnel_far_low ?? 0, funnel_far_high ?? 1),
      },
    ];
  });
  const [first] = limits;
  if (first === undefined || shown.length === 0) return null;
  const drawings: Drawings = draw((width) =>
    funnelPlotOption(
      {
        points: shown,
        limits: limits.map(({ base, low, high, far_low: farLow, far_high: farHigh }) => ({
          base,
          low,
          high,
          farLow,
          farHigh,
        })),
        house: first.house_rate,
      },
      {
        house: word(locale, 'team.funnel.house'),
        base: word(locale, 'team.funnel.base'),
        write: (rate) => percent(locale, rate),
      },
      width,
    ),
  );
  return {
    drawings,
    rows: shown.map(({ name, base, rate, near, far, beyond }) => ({
      name,
      base: count(locale, base),
      rate: percent(locale, rate),
      near,
      far,
      beyond,
    })),
  };
}

function linksTo<T extends string>(
  names: readonly T[],
  to: (name: T) => string,
): { name: T; href: string }[] {
  return names.map((name) => ({ name, href: to(name) }));
}
