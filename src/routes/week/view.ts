import { addDays, period, shortRange, weekday, weekNumber } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { ladderView } from '#lib/ui/ladder-view.ts';
import { money } from '#lib/ui/numbers.ts';
import { markNotes } from '#lib/ui/week-notes.ts';
import type { Note } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';
import { actsView } from './act.ts';
import type { PartBy, WeekAnswers } from './answers.server.ts';
import { cohortsView } from './cohorts.ts';
import { festivalsView } from './festivals.ts';
import { freshnessView } from './freshness.ts';
import { COHORTS, TREND_WEEKS, comparisons, views } from './choices.ts';
import type { Comparison, View } from './choices.ts';
import { partsView } from './parts.ts';
import { powerView } from './power.ts';
import { pageAddress } from '../address.ts';
import { addressOf } from './question.ts';
import type { WeekQuestion } from './question.ts';
import { sentenceView } from './sentence.ts';
import { stepsView } from './steps.ts';
import { sumsView } from './sums.ts';
import { trendView } from './trend.ts';
import { whyView } from './why.ts';

/** Days from a week to the same week of the year before. */
const YEAR = 364;

/** The surroundings of the numbers: how amounts and days are to be read. */
export type House = { currency: string; zone: string };

/** The Week page in the reader's language and figures, ready to be laid out. */
export function weekView(
  locale: Locale,
  house: House,
  question: WeekQuestion,
  answers: WeekAnswers,
  notes: readonly Note[],
) {
  const { week, asked: params, summary, change, reason } = answers;
  const { currency } = house;
  const revenue = params.revenue ?? {};
  const [from, to] = [week, addDays(week, 6)];
  const asked = { ...question, week };
  const firstShown = addDays(week, -7 * (TREND_WEEKS - 1));
  const shown = markNotes(notes.filter((note) => note.week >= firstShown && note.week <= to));
  return {
    heading: period(locale, from, to),
    days: shortRange(locale, from, to),
    number: weekNumber(week),
    week,
    address: addressOf(asked),
    notes: { ofWeek: notes.filter((note) => note.week === week), shown },
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
    hasStores: answers.stores.length > 1,
    sentence: sentenceView(locale, currency, summary, change, answers.reasons, reason, markedIn(answers)),
    festivals: festivalsView(locale, answers.festivals.here, answers.festivals.before),
    sums: sumsView(locale, currency, summary, change, params.summary),
    steps: stepsView(
      locale,
      answers.funnel,
      change,
      { ...params.week, view: question.view },
      {
        orders: question.view === 'period' ? summary.repeat_orders : null,
        link: figureLink('week_summary', 'repeat_orders', params.summary, { segment: 'all' }),
      },
    ),
    why: whyView(locale, currency, summary, answers.reasons, change, reason, revenue),
    acts: actsView(locale, currency, answers, {
      revenue,
      summary: params.summary,
      funnel: { ...params.week, view: question.view },
    }),
    power: powerView(locale, change),
    ladder: ladderOf(locale, currency, answers),
    parts: {
      channel: partsOf(locale, answers, 'channel'),
      store: partsOf(locale, answers, 'store'),
    },
    cohorts: cohortsView(
      locale,
      { first: params.cohorts.from, count: COHORTS },
      answers.cohorts,
      params.cohorts,
      shown,
    ),
    trend: trendView(locale, answers.trend, shown),
    freshness: freshnessView(locale, answers.freshness, { from, to }),
    csv: csvLinks(answers),
  };
}

/** All figures that the page may mark as more than noise: of the week, of its channels and of its stores. */
function markedIn({ change, parts }: WeekAnswers) {
  return [...change, ...Object.values(parts).flatMap(({ changes }) => changes)];
}

export type WeekView = ReturnType<typeof weekView>;

function linksOf(
  asked: WeekQuestion & { week: string },
  { firstWeek, newestWeek, asked: params }: WeekAnswers,
) {
  const [before, after] = [addDays(asked.week, -7), addDays(asked.week, 7)];
  return {
    before: before >= firstWeek ? addressOf(asked, { week: before }) : null,
    after: after <= newestWeek ? addressOf(asked, { week: after }) : null,
    /** Which store is behind which cause. */
    byStore: figureLink('revenue_change', 'cause_effect', { ...params.revenue, by: 'store' }),
    /** The same week a year before, where there are data of it. */
    lastYear: addDays(asked.week, -YEAR) >= firstWeek ? addressOf(asked, { compare: 'last_year' }) : null,
    backtest: pageAddress('/funnel/backtest', [
      ...params.week.where.map((entry) => ['where', entry] as const),
    ]),
    compare: Object.fromEntries(
      comparisons.map((compare) => [compare, addressOf(asked, { compare })]),
    ) as Record<Comparison, string>,
    view: Object.fromEntries(views.map((view) => [view, addressOf(asked, { view })])) as Record<View, string>,
  };
}

function partsOf(locale: Locale, { parts, asked }: WeekAnswers, by: PartBy) {
  const { rows, weeks, changes } = parts[by];
  return partsView(locale, rows, weeks, changes, { ...asked.revenue, by });
}

/** The rungs, and the one that brings most of the upsold money. */
function ladderOf(locale: Locale, currency: string, { ladder, summary, asked }: WeekAnswers) {
  const params = { ...asked.week, view: asked.change.view };
  const rows = ladderView(locale, currency, ladder, params);
  const [best] = ladder
    .map((row, index) => ({ amount: Number(row.amount ?? 0), row: rows[index] }))
    .filter(({ row, amount }) => row?.isRung && amount > 0)
    .toSorted((a, b) => b.amount - a.amount);
  const total = summary.upsold;
  return {
    rows,
    best:
      best?.row && total !== null && asked.change.view === 'period'
        ? {
            touchpoint: best.row.touchpoint,
            amount: best.row.amount ?? '',
            total: money(locale, currency, total),
          }
        : null,
    csv: reportLink('upsell_ladder', params, 'csv'),
  };
}

function csvLinks({ week, asked }: WeekAnswers) {
  const { from, to, where } = asked.week;
  return {
    funnel: reportLink('funnel', { ...asked.week, view: asked.change.view }, 'csv'),
    cohorts: reportLink('cohort_forecast', asked.cohorts, 'csv'),
    trend: reportLink(
      'funnel_trend',
      { from: addDays(from, -7 * (TREND_WEEKS - 1)), to, view: 'period', where },
      'csv',
    ),
    revenue: reportLink('revenue_change', asked.revenue ?? {}, 'csv'),
    channel: reportLink('contributions', { ...asked.revenue, by: 'channel' }, 'csv'),
    store: reportLink('contributions', { ...asked.revenue, by: 'store' }, 'csv'),
    freshness: reportLink('freshness', { week }, 'csv'),
  };
}
