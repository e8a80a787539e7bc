import type { FunnelRow } from '#lib/server/reports.gen.ts';
import { addDays, period, weekday, weekNumber } from '#lib/ui/dates.ts';
import { count, money, points, relative } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { WeekAnswers } from './answers.server.ts';
import { cohortsView } from './cohorts.ts';
import { freshnessView } from './freshness.ts';
import { comparisons, views } from './choices.ts';
import type { Comparison, View } from './choices.ts';
import { addressOf, filtersOf } from './question.ts';
import type { WeekQuestion } from './question.ts';
import { stepsView } from './steps.ts';
import { trendView } from './trend.ts';

/** A finding for the page's two sentences: a figure that changed by more than noise. */
export type Finding = { figure: 'people' | 'rate'; no: number; text: string };

export type Figure = { text: string; one: boolean } | null;

/** The surroundings of the numbers: how amounts and days are to be read. */
export type House = { currency: string; zone: string };

/** The Week page in the reader's language and figures, ready to be laid out. */
export function weekView(locale: Locale, house: House, question: WeekQuestion, answers: WeekAnswers) {
  const { week } = answers;
  const [from, to] = [week, addDays(week, 6)];
  const asked = { ...question, week };
  return {
    heading: period(locale, from, to),
    number: weekNumber(week),
    week,
    firstDay: answers.firstWeek,
    lastDay: answers.lastDay,
    upTo: weekday(locale, answers.lastDay),
    compare: question.compare,
    view: question.view,
    store: question.store,
    channel: question.channel,
    stores: answers.stores,
    channels: answers.channels,
    links: linksOf(asked, answers),
    house,
    lead: leadOf(locale, house, answers),
    steps: stepsView(locale, answers.funnel, answers.change),
    cohorts: cohortsView(locale, answers.cohorts),
    trend: trendView(locale, answers.trend),
    freshness: freshnessView(locale, answers.freshness, { from, to }),
    csv: csvLinks(asked, { from, to }),
  };
}

export type WeekView = ReturnType<typeof weekView>;

function linksOf(asked: WeekQuestion & { week: string }, { firstWeek, newestWeek }: WeekAnswers) {
  const [before, after] = [addDays(asked.week, -7), addDays(asked.week, 7)];
  return {
    before: before >= firstWeek ? addressOf(asked, { week: before }) : null,
    after: after <= newestWeek ? addressOf(asked, { week: after }) : null,
    compare: Object.fromEntries(
      comparisons.map((compare) => [compare, addressOf(asked, { compare })]),
    ) as Record<Comparison, string>,
    view: Object.fromEntries(views.map((view) => [view, addressOf(asked, { view })])) as Record<View, string>,
  };
}

function leadOf(locale: Locale, house: House, { funnel, change }: WeekAnswers) {
  const figure = (step: number): Figure => {
    const people = stepOf(funnel, step)?.people;
    return people == null ? null : { text: count(locale, people), one: people === 1 };
  };
  const amount = stepOf(funnel, 4)?.amount;
  const judged = change.filter(({ verdict }) => verdict === 'more_than_noise' || verdict === 'within_noise');
  const findings: Finding[] = judged
    .filter(({ verdict }) => verdict === 'more_than_noise')
    .map((row) => ({
      figure: row.figure === 'rate' ? 'rate' : 'people',
      no: row.step_no,
      text:
        row.figure === 'rate'
          ? points(locale, row.change ?? 0, row.reference ?? 1)
          : row.ratio_change === null
            ? ''
            : relative(locale, row.ratio_change),
    }));
  return {
    leads: figure(2),
    visits: figure(3),
    orders: figure(4),
    amount: amount == null ? null : money(locale, house.currency, amount),
    judged: judged.length > 0,
    findings,
  };
}

function stepOf(funnel: readonly FunnelRow[], step: number): FunnelRow | undefined {
  return funnel.find(({ step_no }) => step_no === step);
}

function csvLinks(asked: WeekQuestion, { from, to }: { from: string; to: string }) {
  const link = (report: string, params: Record<string, string>) => {
    const query = new URLSearchParams({ ...params, format: 'csv' });
    for (const filter of filtersOf(asked)) query.append('where', filter);
    return `/api/reports/${report}?${query}`;
  };
  const { view, compare } = asked;
  return {
    funnel: link('funnel', { from, to, view }),
    change: link('funnel_change', { from, to, view, compare }),
    cohorts: link('funnel_trend', { from: addDays(from, -84), to, view: 'cohort' }),
    trend: link('funnel_trend', { from: addDays(from, -175), to, view: 'period' }),
    freshness: `/api/reports/freshness?week=${from}&format=csv`,
  };
}
