import { extent } from '#lib/charts/ticks.ts';
import type { ExperimentRow } from '#lib/server/reports.gen.ts';
import { longDay, shortDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { OneAnswers } from '../answers.server.ts';
import { metricWords } from '../verdict.server.ts';
import { figuresOf } from '../words.server.ts';

const frame = { width: 640, height: 220, left: 96, right: 16, top: 12, bottom: 28 };

/** What the experiment is judged by as it stood on each day looked at, a drawing for each variant. Server only. */
export function looksView(locale: Locale, currency: string, { one, looks }: OneAnswers) {
  const judged = looks.map(({ day, results }) => ({
    day,
    rows: results.filter(({ metric }) => metric === one.metric),
  }));
  const variants = [...new Set(judged.flatMap(({ rows }) => rows.map(({ variant }) => variant)))];
  return variants.map((variant) => {
    const days = judged.flatMap(({ day, rows }) =>
      rows.filter((row) => row.variant === variant).map((row) => ({ day, row })),
    );
    return {
      variant,
      about: word(locale, 'trial.looks.about', { metric: metricWords(locale, one.metric), variant }),
      picture: pictureOf(locale, currency, days),
      rows: days.toReversed().map(({ day, row }) => {
        const figures = figuresOf(locale, currency, row);
        return {
          day: longDay(locale, day),
          counted: word(locale, 'trial.counted', {
            units: row.units ?? 0,
            control: row.control_units ?? 0,
          }),
          difference: figures.difference(row.difference),
          always: figures.range(row.always_low, row.always_high),
          standing: word(locale, `trial.standing.${row.standing}`),
        };
      }),
    };
  });
}

export type LooksView = ReturnType<typeof looksView>;

/** Dots and whiskers over the days; wide early intervals end in arrows where they leave the frame. Null without any. */
function pictureOf(
  locale: Locale,
  currency: string,
  days: readonly { readonly day: string; readonly row: ExperimentRow }[],
) {
  const known = days.flatMap(({ day, row }) =>
    row.difference === null || row.always_low === null || row.always_high === null
      ? []
      : [{ day, row, at: row.difference, low: row.always_low, high: row.always_high }],
  );
  const last = known.at(-1);
  if (last === undefined) return null;
  const reach = Math.max(2.5 * (last.high - last.low), ...known.map(({ at }) => Math.abs(at) * 1.1));
  const within = extent(known.flatMap(({ low, high }) => [Math.max(low, -reach), Math.min(high, reach), 0]));
  const { low: least, high: most } = within ?? { low: -1, high: 1 };
  const base = frame.height - frame.bottom;
  const y = (value: number) =>
    base - ((Math.min(most, Math.max(least, value)) - least) / (most - least)) * (base - frame.top);
  const step = (frame.width - frame.left - frame.right) / known.length;
  const figures = figuresOf(locale, currency, last.row);
  return {
    ...frame,
    zero: y(0),
    levels: [least, 0, most].map((value) => ({ y: y(value), text: figures.bare(value) })),
    marks: known.map(({ day, row, at, low, high }, place) => ({
      day,
      x: frame.left + (place + 0.5) * step,
      y: y(at),
      from: y(low),
      to: y(high),
      isCutLow: low < least,
      isCutHigh: high > most,
      isCalled: row.standing === 'better' || row.standing === 'worse',
      text: place === 0 || place === known.length - 1 ? shortDay(locale, day) : null,
    })),
  };
}
