import { TOO_FEW } from '#lib/access/too-few.ts';
import { dotOf } from '#lib/charts/dot.ts';
import type { DotMark } from '#lib/charts/dot.ts';
import { fateOf } from '#lib/charts/fate.ts';
import type { FateMark } from '#lib/charts/fate.ts';
import type { FunnelSegmentsRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, percent, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { fieldName, valueName } from '../../segment-words.ts';
import type { BuilderAnswers } from './answers.server.ts';
import { rangeOf } from './bars.ts';
import type { Opened } from './bars.ts';
import { hueOf, namedValue } from './names.ts';
import type { BuilderQuestion } from './question.ts';

export type SegmentRow = {
  name: string;
  base: Opened;
  hits: Opened;
  open: Opened;
  mark: FateMark | null;
  rate: string;
  interval: string | null;
  /** The difference to all others on an axis from −reach to reach. */
  dot: DotMark | null;
  difference: string;
  verdict: string;
  isCalled: boolean;
};

export type SegmentsView = {
  by: string;
  hue: number;
  rows: SegmentRow[];
  /** Which value differs most of those that differ by more than noise; null for none. */
  find: { name: string; rate: string; rest: string } | null;
  isJudged: boolean;
  /** The ends of the axis of differences, in percentage points. */
  reach: { low: string; high: string };
};

/** A value of the field that divides a funnel, as it is shown. Server only. */
export function segmentName(
  locale: Locale,
  staff: ReadonlyMap<string, string>,
  by: string,
  value: string | null,
): string {
  return value === null || value === TOO_FEW
    ? valueName(locale, by, value)
    : namedValue(locale, staff, by, value);
}

/** The values of the field that divides the funnel, those with most people first, each against all others. */
export function segmentsView(
  locale: Locale,
  { by, fromStep, toStep }: BuilderQuestion & { by: string },
  { asked, staff }: Pick<BuilderAnswers, 'asked' | 'staff'>,
  rows: readonly FunnelSegmentsRow[],
): SegmentsView {
  const opened = (row: FunnelSegmentsRow, column: 'base' | 'hits' | 'open'): Opened => ({
    text: count(locale, row[column]),
    href: figureLink(
      'funnel_segments',
      column,
      { ...asked, by, from_step: fromStep, to_step: toStep },
      { segment: row.segment },
    ),
  });
  const judged = rows.filter(({ p }) => p !== null);
  const [far] = judged
    .filter(({ verdict }) => verdict === 'more_than_noise')
    .toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1));
  const reach = Math.max(
    0.01,
    ...judged.flatMap((row) => [-(row.difference_low ?? 0), row.difference_high ?? 0]),
  );
  const share = (difference: number) => difference + reach;
  return {
    by: fieldName(locale, by),
    hue: hueOf(toStep),
    find:
      far === undefined
        ? null
        : {
            name: segmentName(locale, staff, by, far.segment),
            rate: percent(locale, far.compared_hits / far.compared_base),
            rest: percent(locale, far.rest_hits / far.rest_base),
          },
    isJudged: judged.length > 0,
    reach: { low: points(locale, -reach, reach), high: points(locale, reach, reach) },
    rows: rows.map((row) => ({
      name: segmentName(locale, staff, by, row.segment),
      base: opened(row, 'base'),
      hits: opened(row, 'hits'),
      open: opened(row, 'open'),
      mark: fateOf(
        { people: row.hits, open: row.open, entered: row.base },
        { low: row.rate_low, high: row.rate_high },
      ),
      rate: row.rate === null ? '—' : percent(locale, row.rate),
      interval: rangeOf(locale, { low: row.rate_low, high: row.rate_high }),
      dot:
        row.p === null ||
        row.difference === null ||
        row.difference_low === null ||
        row.difference_high === null
          ? null
          : dotOf(
              share(row.difference),
              { interval: { low: share(row.difference_low), high: share(row.difference_high) } },
              2 * reach,
            ),
      difference: row.p === null || row.difference === null ? '' : points(locale, row.difference, reach),
      verdict: word(locale, `builder.verdict.${row.verdict}`),
      isCalled: row.verdict === 'more_than_noise',
    })),
  };
}
