import type { ExperimentRow } from '#lib/server/reports.gen.ts';
import { longDay } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, percent, relative } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { caps } from '../answers.server.ts';
import type { Asked, OneAnswers } from '../answers.server.ts';
import { headOf } from '../list-view.server.ts';
import { metricWords, verdictsOf } from '../verdict.server.ts';
import { figuresOf, isMoney, pSaid, pText } from '../words.server.ts';
import { looksView } from './looks-view.server.ts';

/** How many days each unit may count, all up to the last day or so many. */
export const windows = ['all', '30', '60'] as const;

type Choosing = {
  readonly window: string;
  /** The page with another choice, and the others as they are. */
  readonly addressOf: (other: { window?: string; cap?: string | null }) => string;
};

/** The page of one experiment in the reader's language and figures, ready to be laid out. Server only. */
export function experimentView(
  locale: Locale,
  { currency }: { currency: string },
  answers: OneAnswers,
  { window, addressOf }: Choosing,
) {
  const { one, asked, results } = answers;
  const [first] = results;
  return {
    ...headOf(locale, one, asked.as_of),
    upTo: longDay(locale, asked.as_of),
    csv: reportLink('experiment', asked, 'csv'),
    windows: windows.map((days) => ({
      words: word(locale, `trial.window.${days}`),
      href: addressOf({ window: days }),
      here: days === window,
    })),
    caps: [null, ...caps].map((cap) => ({
      words: word(locale, `trial.cap.${cap ?? 'none'}`),
      href: addressOf({ cap }),
      here: cap === asked.cap,
    })),
    capping: cappingOf(locale, currency, answers),
    verdicts: verdictsOf(locale, { currency, asOf: asked.as_of }, answers),
    hypothesis: one.row.hypothesis && word(locale, 'trial.hypothesis', { text: one.row.hypothesis }),
    plan: one.row.plan && word(locale, 'trial.plan', { plan: one.row.plan }),
    split: splitOf(locale, answers),
    control: first?.control ?? null,
    rows: results.map((row) => lineOf(locale, currency, one.metric, asked, row)),
    habit: habitOf(locale, results),
    looks: looksView(locale, currency, answers),
  };
}

export type ExperimentView = NonNullable<ReturnType<typeof experimentView>>;

function splitOf(locale: Locale, { one, results }: OneAnswers): string | null {
  const [row] = results;
  if (row === undefined) return null;
  const units = one.variants.map(({ name, units: of }) => `${name} ${count(locale, of)}`).join(' · ');
  return word(locale, row.standing === 'broken' ? 'trial.split.broken' : 'trial.split.fine', {
    units,
    p: pSaid(row.ratio_p),
  });
}

/** Differences of money as they are and as they are capped, side by side; empty without a cap. */
function cappingOf(locale: Locale, currency: string, { results, uncapped }: OneAnswers) {
  return results.flatMap((row) => {
    const whole = uncapped.find(({ metric, variant }) => metric === row.metric && variant === row.variant);
    if (whole === undefined || !isMoney(row.metric)) return [];
    const figures = figuresOf(locale, currency, row);
    return [
      {
        key: `${row.metric_no}/${row.variant_no}`,
        metric: metricWords(locale, row.metric),
        variant: row.variant,
        whole: figures.difference(whole.difference),
        wholeAlways: figures.range(whole.always_low, whole.always_high),
        capped: figures.difference(row.difference),
        cappedAlways: figures.range(row.always_low, row.always_high),
      },
    ];
  });
}

/** What allowing for the time before did to what the experiment is judged by, or that there is none. */
function habitOf(locale: Locale, results: readonly ExperimentRow[]): string | null {
  if (results.length === 0) return null;
  const known = results.find(({ variance_kept: kept }) => kept !== null);
  return known?.variance_kept == null
    ? word(locale, 'trial.cuped.none')
    : word(locale, 'trial.cuped', { kept: percent(locale, known.variance_kept) });
}

function lineOf(locale: Locale, currency: string, judged: string, asked: Asked, row: ExperimentRow) {
  const figures = figuresOf(locale, currency, row);
  const key = { metric: row.metric, variant: row.variant };
  return {
    key: `${row.metric_no}/${row.variant_no}`,
    metric: metricWords(locale, row.metric),
    isJudged: row.metric === judged,
    variant: row.variant,
    counted: word(locale, 'trial.counted', {
      units: count(locale, row.units ?? 0),
      control: count(locale, row.control_units ?? 0),
    }),
    value: figures.value(row.value),
    controlValue: figures.value(row.control_value),
    difference: figures.difference(row.difference),
    href: figureLink('experiment', 'difference', asked, key),
    one: figures.range(row.low, row.high),
    always: figures.range(row.always_low, row.always_high),
    isCalled: row.standing === 'better' || row.standing === 'worse',
    standing: word(locale, `trial.standing.${row.standing}`),
    p: pText(row.p),
    holm: pText(row.holm_p),
    bh: pText(row.false_discovery_p),
    lift: row.lift === null ? '—' : relative(locale, row.lift),
    chance: row.chance_to_win === null ? '—' : percent(locale, row.chance_to_win),
    loss: row.loss_if_taken === null ? '—' : figures.difference(row.loss_if_taken),
  };
}
