import { fateOf } from '#lib/charts/fate.ts';
import type { FateMark } from '#lib/charts/fate.ts';
import { rateTicks } from '#lib/charts/ticks.ts';
import type { FunnelStepsRow } from '#lib/server/reports.gen.ts';
import { monthName, shortDay } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { intervalOf, rangeOf } from './bars.ts';
import type { Opened } from './bars.ts';
import { hueOf } from './names.ts';
import type { Asked, BuilderQuestion } from './question.ts';

export type TrendRow = {
  starts: string;
  name: string;
  entered: Opened;
  people: Opened;
  open: Opened | null;
  mark: FateMark | null;
  rate: string;
  interval: string | null;
};

export type TrendView = {
  rows: TrendRow[];
  hue: number;
  ticks: { share: number; text: string }[];
  /** Earlier ones that are left out. */
  more: string | null;
};

/** Points of a trend that are shown; the files have all. */
const SHOWN = 53;

/** How many of each day's, week's or month's entries arrived, and how many still may. */
export function trendView(
  locale: Locale,
  { view, grain, steps }: BuilderQuestion,
  asked: Asked,
  rows: readonly FunnelStepsRow[],
): TrendView {
  const last = rows.filter((row) => row.step_no === steps.length);
  const shown = last.slice(-SHOWN);
  const highest = Math.max(
    0,
    ...shown.map(({ people, open_before, entered }) =>
      entered === 0 ? 0 : (people + (open_before ?? 0)) / entered,
    ),
  );
  const marks = rateTicks(highest);
  const end = marks.at(-1) ?? 1;
  const opened = (row: FunnelStepsRow, column: 'people' | 'entered' | 'open_before'): Opened => ({
    text: count(locale, row[column] ?? 0),
    href: figureLink(
      'funnel_steps',
      column,
      { ...asked, view, grain },
      { starts_on: row.starts_on, step_no: row.step_no },
    ),
  });
  return {
    hue: hueOf(steps.length),
    more: last.length > shown.length ? count(locale, last.length - shown.length) : null,
    ticks: marks.map((mark) => ({
      share: mark / end,
      text: mark === 0 ? '0' : percent(locale, mark).replace(/\.0+(?=%)/, ''),
    })),
    rows: shown.map((row) => ({
      starts: row.starts_on ?? '',
      name:
        grain === 'month' ? monthName(locale, row.starts_on ?? '') : shortDay(locale, row.starts_on ?? ''),
      entered: opened(row, 'entered'),
      people: opened(row, 'people'),
      open: row.open_before === null ? null : opened(row, 'open_before'),
      mark: fateOf(
        { people: row.people, open: row.open_before ?? 0, entered: row.entered },
        intervalOf(row),
        end,
      ),
      rate: row.rate === null ? '—' : percent(locale, row.rate),
      interval: rangeOf(locale, intervalOf(row)),
    })),
  };
}
