import type { ExperimentRow } from '#lib/server/reports.gen.ts';
import { verdictOf } from '#lib/stats/experiment-verdict.ts';
import { addDays, longDay } from '#lib/ui/dates.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Told } from './answers.server.ts';
import { stageOf } from './days.ts';
import { figuresOf, pSaid } from './words.server.ts';

/** What is to be done about each variant of an experiment: one sentence each, or why there is none. Server only. */
export function verdictsOf(
  locale: Locale,
  { currency, asOf }: { currency: string; asOf: string },
  { one, results }: Told,
): { kind: string; sentence: string }[] {
  if (one.variants.length < 2) {
    const kind = one.variants.length === 0 ? 'nobody' : 'one_arm';
    return [{ kind, sentence: word(locale, `trial.says.${kind}`) }];
  }
  const stage = stageOf(one.row, asOf);
  return results
    .filter(({ metric }) => metric === one.metric)
    .map((row) => {
      const { kind, worse, daysMore } = verdictOf(row, results, stage);
      const day = daysMore === null ? null : longDay(locale, addDays(asOf, daysMore));
      const names = worse.map((metric) => metricWords(locale, metric)).join(word(locale, 'role.join'));
      return { kind, sentence: word(locale, keyOf(kind, day), given(locale, currency, row, names, day)) };
    });
}

/** The name of a metric. */
export function metricWords(locale: Locale, metric: string): string {
  return word(locale, `trial.metric.${metric}`);
}

function keyOf(kind: string, day: string | null): string {
  if (kind === 'go_on' && day === null) return 'trial.says.go_on.long';
  if (kind === 'too_few' && day !== null) return 'trial.says.too_few.until';
  return `trial.says.${kind}`;
}

function given(locale: Locale, currency: string, row: ExperimentRow, worse: string, day: string | null) {
  const figures = figuresOf(locale, currency, row);
  const isBroken = row.standing === 'broken';
  return {
    variant: row.variant,
    metric: metricWords(locale, row.metric),
    difference: figures.difference(row.difference),
    range: figures.range(row.always_low, row.always_high),
    units: count(locale, isBroken ? row.assigned : (row.units ?? 0)),
    control: count(locale, isBroken ? row.control_assigned : (row.control_units ?? 0)),
    p: pSaid(row.ratio_p),
    worse,
    day,
  };
}
