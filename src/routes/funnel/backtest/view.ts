import type { ForecastBacktestRow } from '#lib/server/reports.gen.ts';
import { period } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { filterName } from '../../segment-words.ts';
import { grains, waitSteps } from '../question.ts';
import type { BacktestAnswers } from './answers.server.ts';
import { addressOf, horizons } from './question.ts';
import type { BacktestQuestion } from './question.ts';

/** The page of past forecasts in the reader's language and figures, ready to be laid out. */
export function backtestView(locale: Locale, question: BacktestQuestion, { rows, asked }: BacktestAnswers) {
  const link = (name: string, row: ForecastBacktestRow) =>
    figureLink('forecast_backtest', name, asked, { segment: row.segment, age_weeks: row.age_weeks });
  const shown = rows.map((row) => ({
    weeks: row.age_weeks === null ? null : String(row.age_weeks),
    forecasts: count(locale, row.forecasts),
    opens: link('forecasts', row),
    days: count(locale, row.forecast_dates),
    within80: percent(locale, row.covered_80_rate),
    range80: percentRange(locale, row.covered_80_low, row.covered_80_high),
    within95: percent(locale, row.covered_95_rate),
    range95: percentRange(locale, row.covered_95_low, row.covered_95_high),
    mean: percent(locale, row.mean_error_rate),
    naiveMean: percent(locale, row.naive_error_rate),
    error: percent(locale, row.mean_absolute_error_rate),
    naiveError: percent(locale, row.naive_absolute_error_rate),
    verdict: row.verdict as 'drift' | 'steady' | 'too_few',
  }));
  const [pooled] = rows;
  return {
    question,
    days: pooled === undefined ? null : period(locale, pooled.first_on, pooled.last_on),
    all: shown.find(({ weeks }) => weeks === null) ?? null,
    ages: shown.filter(({ weeks }) => weeks !== null),
    filters: question.where.map((entry) => filterName(locale, entry)),
    links: {
      step: waitSteps.map((step) => ({ step, href: addressOf(question, { step }) })),
      grain: grains.map((grain) => ({ grain, href: addressOf(question, { grain }) })),
      horizon: horizons.map((horizon) => ({ horizon, href: addressOf(question, { horizon }) })),
    },
    csv: reportLink('forecast_backtest', asked, 'csv'),
    rowsCsv: reportLink('forecast_rows', asked, 'csv'),
  };
}

export type BacktestView = ReturnType<typeof backtestView>;
