import { fateOf } from '#lib/charts/fate.ts';
import type { FateMark } from '#lib/charts/fate.ts';
import { TOO_FEW } from '#lib/access/too-few.ts';
import type { FunnelStepsRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { fieldName, valueName } from '../../segment-words.ts';
import { rangeOf } from './bars.ts';
import type { Opened } from './bars.ts';
import { eventValueName, hueOf } from './names.ts';
import type { Asked, BuilderQuestion } from './question.ts';

export type SegmentRow = {
  name: string;
  entered: Opened;
  people: Opened;
  open: string | null;
  mark: FateMark | null;
  rate: string;
  interval: string | null;
};

export type SegmentsView = { by: string; hue: number; rows: SegmentRow[]; reference: number | null };

/** The values of the field that splits the funnel, those with most entries first. */
export function segmentsView(
  locale: Locale,
  { by, view, steps }: BuilderQuestion & { by: string },
  asked: Asked,
  rows: readonly FunnelStepsRow[],
  whole: readonly FunnelStepsRow[],
): SegmentsView {
  const last = rows.filter((row) => row.step_no === steps.length);
  const name = (value: string | null) =>
    value === null || value === TOO_FEW ? valueName(locale, by, value) : eventValueName(locale, by, value);
  const opened = (row: FunnelStepsRow, column: 'people' | 'entered'): Opened => ({
    text: count(locale, row[column]),
    href: figureLink(
      'funnel_steps',
      column,
      { ...asked, view, by },
      { segment: row.segment, step_no: row.step_no },
    ),
  });
  return {
    by: fieldName(locale, by),
    hue: hueOf(steps.length),
    reference: whole.at(-1)?.rate ?? null,
    rows: last
      .toSorted((a, b) => b.entered - a.entered)
      .map((row) => ({
        name: name(row.segment),
        entered: opened(row, 'entered'),
        people: opened(row, 'people'),
        open: row.open_before === null ? null : count(locale, row.open_before),
        mark: fateOf(
          { people: row.people, open: row.open_before ?? 0, entered: row.entered },
          { low: row.rate_low, high: row.rate_high },
        ),
        rate: row.rate === null ? '—' : percent(locale, row.rate),
        interval: rangeOf(locale, row),
      })),
  };
}
