import type { FunnelStepTimesRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { spanName } from '#lib/words/span.ts';
import { hueOf } from './names.ts';
import type { Asked, BuilderQuestion } from './question.ts';
import type { Opened } from './bars.ts';

export type TimesView = {
  from: string;
  to: string;
  hue: number;
  median: string;
  p90: string;
  people: string;
  bands: { no: number; from: string; to: string; people: Opened; share: number }[];
} | null;

/** How long it took from one step to the other; null where nobody took both. */
export function timesView(
  locale: Locale,
  { fromStep, toStep }: BuilderQuestion,
  asked: Asked,
  names: readonly string[],
  rows: readonly FunnelStepTimesRow[],
): TimesView {
  const [first] = rows;
  if (first === undefined) return null;
  const fullest = Math.max(...rows.map(({ people }) => people), 1);
  const given = { ...asked, from_step: fromStep, to_step: toStep };
  return {
    from: names[fromStep - 1] ?? '',
    to: names[toStep - 1] ?? '',
    hue: hueOf(toStep),
    median: spanName(locale, first.median_seconds),
    p90: spanName(locale, first.p90_seconds),
    people: count(locale, first.all_people),
    bands: rows
      .filter(({ people }, at) => people > 0 || at < rows.length - 1)
      .map((row) => ({
        no: row.bin_no,
        from: spanName(locale, row.from_seconds),
        to: spanName(locale, row.to_seconds),
        people: {
          text: count(locale, row.people),
          href: figureLink('funnel_step_times', 'people', given, { bin_no: row.bin_no }),
        },
        share: row.people / fullest,
      })),
  };
}
