import { period, weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count, money } from '#lib/ui/numbers.ts';
import type { MarkedNotes } from '#lib/ui/week-notes.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { periodLinks } from '../period-choices.ts';
import { fieldName, filterName, valueName } from '../segment-words.ts';
import type { FunnelAnswers } from './answers.server.ts';
import { halvesView } from './halves.ts';
import { partsView } from './parts.ts';
import { curveView } from './curve.ts';
import { addressOf, grains, waitSteps } from './question.ts';
import type { FunnelQuestion, Grain, WaitStep } from './question.ts';
import { segmentsView } from './segments.ts';
import { trendsView } from './trend.ts';
import { waitsView } from './waits.ts';

/** The Funnel page in the reader's language and figures, ready to be laid out. Server only. */
export function funnelView(
  locale: Locale,
  house: { currency: string; zone: string },
  asked: FunnelQuestion,
  answers: FunnelAnswers,
  notes: readonly MarkedNotes[],
  mayBuild: boolean,
) {
  const { days, reach } = answers;
  const question = { ...asked, ...days };
  const { by, where } = question;
  return {
    heading: period(locale, days.from, days.to),
    days,
    firstDay: reach.firstDay,
    lastDay: reach.lastDay,
    upTo: weekday(locale, reach.lastDay),
    running: days.to > reach.lastDay,
    house,
    /** Whether the reader may compose funnels of other steps. */
    mayBuild,
    by: by === null ? null : { field: by, name: fieldName(locale, by) },
    fields: answers.fields.map((field) => ({ value: field, name: fieldName(locale, field) })),
    filters: where.map((entry) => ({
      entry,
      name: filterName(locale, entry),
      without: addressOf(question, { where: where.filter((other) => other !== entry) }),
    })),
    stores: answers.stores,
    channels: answers.channels,
    links: linksOf(question, answers),
    step: question.step,
    stepName: word(locale, `step.${3 + waitSteps.indexOf(question.step)}`),
    lead: leadOf(locale, house.currency, answers),
    halves: halvesView(locale, answers, where),
    parts: partsView(locale, house.currency, answers.reconciliation, { ...days, where }),
    segments:
      by === null || answers.segments === null
        ? null
        : segmentsView(locale, house.currency, { ...question, by }, answers.segments, answers.cohort),
    trends: trendsView(locale, question.grain, answers.trend, answers.cohorts, notes),
    waits: waitsView(locale, question, answers),
    curve: curveView(locale, answers, {
      hue: 3 + waitSteps.indexOf(question.step),
      by: by === null ? null : fieldName(locale, by),
      nameOf: (segment) => (by === null ? word(locale, 'curve.all') : valueName(locale, by, segment)),
      order: by === null ? ['all'] : (answers.segments?.values ?? []),
      report: 'survival_comparison',
      asked: { ...days, where, step: question.step, by },
    }),
    csv: csvOf(question, answers),
  };
}

export type FunnelView = ReturnType<typeof funnelView>;

function linksOf(question: FunnelQuestion, { days, reach }: FunnelAnswers) {
  return {
    ...periodLinks(days, reach, (other) => addressOf(question, other)),
    grain: Object.fromEntries(grains.map((grain) => [grain, addressOf(question, { grain })])) as Record<
      Grain,
      string
    >,
    step: Object.fromEntries(waitSteps.map((step) => [step, addressOf(question, { step })])) as Record<
      WaitStep,
      string
    >,
  };
}

function leadOf(
  locale: Locale,
  currency: string,
  { period: happened, cohort, reconciliation }: FunnelAnswers,
) {
  const people = (rows: FunnelAnswers['period'], step: number) => {
    const number = rows.find(({ step_no }) => step_no === step)?.people;
    return number == null ? null : { text: count(locale, number), one: number === 1 };
  };
  const amount = happened.find(({ step_no }) => step_no === 4)?.amount;
  const orders = reconciliation.find(({ part }) => part === 'total')?.orders ?? 0;
  const known = happened.find(({ step_no }) => step_no === 4)?.people != null;
  return {
    orders: known ? { text: count(locale, orders), one: orders === 1 } : null,
    visits: people(happened, 3),
    leads: people(happened, 2),
    amount: amount == null ? null : money(locale, currency, amount),
    visited: people(cohort, 3),
    ordered: people(cohort, 4),
  };
}

function csvOf({ from, to, by, where, step, grain }: FunnelQuestion, { trendFrom }: FunnelAnswers) {
  const asked = { from, to, where };
  const trend = { from: trendFrom, to, where, grain };
  return {
    funnel: reportLink('funnel', { ...asked, view: 'cohort' }, 'csv'),
    segments: reportLink('funnel', { ...asked, by, view: 'cohort' }, 'csv'),
    reconciliation: reportLink('reconciliation', { ...asked, by }, 'csv'),
    trend: reportLink('funnel_trend', { ...trend, view: 'period' }, 'csv'),
    cohorts: reportLink('funnel_trend', { ...trend, view: 'cohort' }, 'csv'),
    waits: reportLink('time_to_step_histogram', { ...asked, step }, 'csv'),
    curve: reportLink('survival', { ...asked, step, by }, 'csv'),
  };
}
