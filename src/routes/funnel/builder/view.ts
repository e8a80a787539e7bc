import { longDay, period, weekday } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName } from '../../segment-words.ts';
import type { BuilderAnswers } from './answers.server.ts';
import { barsView } from './bars.ts';
import { driversView } from './drivers.ts';
import { curveView } from '../curve.ts';
import { editorView } from './editor.ts';
import { hueOf, stepName } from './names.ts';
import { pathsView } from './paths.ts';
import { addressOf, STANDING } from './question.ts';
import type { BuilderQuestion } from './question.ts';
import { segmentName, segmentsView } from './segments.ts';
import { timesView } from './times.ts';
import { trendView } from './trend.ts';

/** The builder in the reader's language and figures, ready to be laid out. Server only. */
export function builderView(
  locale: Locale,
  house: { currency: string; zone: string },
  question: BuilderQuestion,
  answers: BuilderAnswers,
) {
  const { days, reach, results, asked } = answers;
  const names = question.steps.map((step) => stepName(locale, step));
  return {
    heading: period(locale, days.from, days.to),
    upTo: upToText(locale, question.asOf, reach.lastDay),
    house,
    said: saidOf(locale, question, names),
    last: names.at(-1) ?? '',
    address: addressOf(question),
    editor: editorView(locale, question, answers),
    refused: answers.refused,
    inFives: answers.inFives,
    results: results && {
      bars: barsView(locale, house.currency, question, asked, names, results.steps),
      segments:
        question.by === null || results.segments === null
          ? null
          : segmentsView(locale, { ...question, by: question.by }, answers, results.segments),
      trend: trendView(locale, question, asked, results.trend),
      times: timesView(locale, question, asked, names, results.times),
      curve:
        names.length < 2
          ? null
          : curveView(locale, results, {
              hue: hueOf(names.length),
              by: question.by === null ? null : fieldName(locale, question.by),
              nameOf: (segment) =>
                question.by === null
                  ? word(locale, 'curve.all')
                  : segmentName(locale, answers.staff, question.by, segment),
              order: question.by === null ? ['all'] : (results.segments ?? []).map(({ segment }) => segment),
              report: 'funnel_survival_comparison',
              asked: { ...asked, by: question.by },
            }),
      drivers: driversView(locale, question, answers, results.drivers),
      paths: pathsView(locale, question, asked, names, results.paths),
    },
    leaving: names.slice(0, -1).map((words, at) => ({
      words,
      href: addressOf(question, { at: at + 1 }),
      here: at + 1 === question.at,
    })),
    standing: addressOf(question, {}, STANDING),
    csv: csvOf(question, answers),
  };
}

export type BuilderView = ReturnType<typeof builderView>;

/** The funnel in one line: what is printed in place of the form. */
function saidOf(locale: Locale, question: BuilderQuestion, names: readonly string[]): string {
  const window = word(locale, `builder.within.${question.unit}`, { n: count(locale, question.window) });
  return [
    names.join(' → '),
    word(locale, `builder.order.${question.order}`),
    window,
    word(locale, `builder.count.${question.count}`),
  ].join(' · ');
}

function csvOf({ view, grain, by, fromStep, toStep, at }: BuilderQuestion, { asked }: BuilderAnswers) {
  const between = { from_step: fromStep, to_step: toStep };
  return {
    steps: reportLink('funnel_steps', { ...asked, view }, 'csv'),
    segments: reportLink('funnel_segments', { ...asked, ...between, by }, 'csv'),
    trend: reportLink('funnel_steps', { ...asked, view, grain }, 'csv'),
    drivers: reportLink('funnel_drivers', { ...asked, ...between }, 'csv'),
    paths: reportLink('funnel_next', { ...asked, step_no: at }, 'csv'),
    times: reportLink('funnel_step_times', { ...asked, ...between }, 'csv'),
    curve: reportLink('funnel_survival', { ...asked, by }, 'csv'),
  };
}

/** Up to which day everything is known: the data's last one, or the one that was asked for, which may lie beyond. */
export function upToText(locale: Locale, asOf: string | null, lastDay: string): string {
  const last = weekday(locale, lastDay);
  if (asOf === null || asOf === lastDay) return word(locale, 'week.upto', { day: last });
  if (asOf > lastDay) return word(locale, 'builder.beyond', { day: longDay(locale, asOf), last });
  return word(locale, 'builder.upto', { day: weekday(locale, asOf), last });
}
