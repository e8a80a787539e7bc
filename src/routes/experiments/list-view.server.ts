import { longDay } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import type { Told } from './answers.server.ts';
import { stageOf } from './days.ts';
import type { Listed } from './experiment.ts';
import { metricWords, verdictsOf } from './verdict.server.ts';

/** The list of experiments in the reader's language and figures, ready to be laid out. Server only. */
export function listView(
  locale: Locale,
  { currency }: { currency: string },
  { asOf, all }: { asOf: string; all: readonly Told[] },
) {
  return {
    upTo: longDay(locale, asOf),
    csv: reportLink('experiments', { as_of: asOf }, 'csv'),
    rows: all.map((told) => ({
      ...headOf(locale, told.one, asOf),
      href: `/experiments/${encodeURIComponent(told.one.id)}`,
      verdicts: verdictsOf(locale, { currency, asOf }, told),
    })),
  };
}

export type ListView = ReturnType<typeof listView>;

/** What is known of an experiment before its results. */
export function headOf(locale: Locale, { id, row, metric, isNamed, variants }: Listed, asOf: string) {
  const unit = `trial.unit.${row.unit ?? 'lead'}`;
  const { running, days } = stageOf(row, asOf);
  return {
    id,
    name: row.name ?? id,
    number: row.name === null ? null : id,
    unit: hasWord(unit) ? word(locale, unit) : (row.unit ?? ''),
    metric: metricWords(locale, metric),
    assumed: isNamed
      ? null
      : word(locale, 'trial.metric.assumed', {
          named: row.metric ?? word(locale, 'trial.metric.unnamed'),
          metric: metricWords(locale, metric),
        }),
    variants: variants.map(({ name, units }) => `${name} ${count(locale, units)}`).join(' · '),
    running,
    days: count(locale, days),
    span: spanOf(locale, row, { running, days }),
  };
}

function spanOf(
  locale: Locale,
  { starts_on: from, ends_on: to }: Listed['row'],
  { running, days }: { running: boolean; days: number },
): string {
  if (from === null) return '';
  const given = { from: longDay(locale, from), days: count(locale, days) };
  return running || to === null
    ? word(locale, 'trial.since.running', given)
    : word(locale, 'trial.since', { ...given, to: longDay(locale, to) });
}
