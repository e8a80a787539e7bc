import { differenceAt } from '#lib/charts/caterpillar.ts';
import { draw } from '#lib/charts/draw.ts';
import { funnelPlotOption } from '#lib/charts/funnel-plot.ts';
import type { StaffComparisonRow, StaffLimitsRow } from '#lib/server/reports.gen.ts';
import { addDays, period, weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { periodLinks } from '../period-choices.ts';
import type { TeamAnswers } from './answers.server.ts';
import { askedOf, deskNames, deskOf, desks } from './figures.ts';
import type { Desk, TeamFigure } from './figures.ts';
import { ratesOf, valuesOf } from './people.ts';
import { addressOf } from './question.ts';
import type { TeamQuestion } from './question.ts';

/** The page Team in the reader's language and figures, ready to be laid out. Server only. */
export function teamView(
  locale: Locale,
  house: { currency: string; zone: string },
  asked: TeamQuestion,
  { days, reach, stores, compared }: TeamAnswers,
) {
  const question = { ...asked, ...days };
  const { figure, store } = question;
  const { report, figure: of } = askedOf(figure);
  const params = { ...days, figure: of, store };
  const { people, axis, write } =
    compared.kind === 'money'
      ? valuesOf(locale, house.currency, compared.people, params)
      : ratesOf(locale, compared.people, figure === 'cancellations', params);
  const grown = addDays(reach.lastDay, -GROWN_DAYS);
  return {
    heading: period(locale, days.from, days.to),
    days,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    upTo: weekday(locale, reach.lastDay),
    house,
    figure,
    kind: compared.kind,
    report,
    desk: deskOf(figure),
    store,
    stores,
    links: {
      ...periodLinks(days, reach, (other) => addressOf(question, other)),
      desk: linksTo(deskNames, (desk: Desk) => addressOf(question, { figure: desks[desk][0] })),
      figure: linksTo(desks[deskOf(figure)], (one: TeamFigure) => addressOf(question, { figure: one })),
      grown: addressOf(question, { from: addDays(grown, -QUARTER_DAYS), to: grown }),
    },
    people,
    axis: {
      zero: differenceAt(axis, 0),
      ticks: axis.ticks.map((tick) => ({ share: differenceAt(axis, tick), text: write(tick) })),
    },
    funnel: compared.kind === 'rates' ? funnelOf(locale, compared.people, compared.limits) : null,
    csv: {
      people: reportLink(report, params, 'csv'),
      limits: reportLink('staff_limits', { ...days, figure: of }, 'csv'),
    },
  };
}

export type TeamView = ReturnType<typeof teamView>;

/** Units are old enough after this many days; where none is, the quarter before is offered. */
const GROWN_DAYS = 30;
const QUARTER_DAYS = 90;

/** The funnel plot with its table; null where nobody has a rate at the house's mix. */
function funnelOf(locale: Locale, rows: readonly StaffComparisonRow[], limits: readonly StaffLimitsRow[]) {
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
  const plot = {
    points: shown,
    limits: limits.map(({ far_low: farLow, far_high: farHigh, ...limit }) => ({ ...limit, farLow, farHigh })),
    house: first.house_rate,
  };
  const words = {
    house: word(locale, 'team.funnel.house'),
    base: word(locale, 'team.funnel.base'),
    write: (rate: number) => percent(locale, rate),
  };
  return {
    house: percent(locale, first.house_rate),
    drawings: draw((width) => funnelPlotOption(plot, words, width)),
    rows: shown.map(({ base, rate, ...row }) => ({
      ...row,
      base: count(locale, base),
      rate: percent(locale, rate),
    })),
  };
}

function linksTo<T extends string>(
  names: readonly T[],
  to: (name: T) => string,
): { name: T; href: string }[] {
  return names.map((name) => ({ name, href: to(name) }));
}
