import { TOO_FEW } from '#lib/access/too-few.ts';
import { sparklineOf } from '#lib/charts/sparkline.ts';
import type { Sparkline } from '#lib/charts/sparkline.ts';
import type { ContributionsRow, FunnelChangeRow, MoneyRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, relative } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';
import type { Locale } from '#lib/words/locale.ts';
import { firstDrop } from './drop.ts';

/** One channel or store in the reader's figures. */
export type PartRow = {
  segment: string | null;
  change: string;
  /** From the change's zero line, as a share of the largest change in −1…1. */
  bar: number;
  line: Sparkline;
  orders: string;
  visits: string | null;
  link: string;
  /** The fall of this part that chance explains least, among those that are more than noise. */
  drop: { figure: 'people' | 'rate'; no: number; change: string } | null;
};

/** Segments, and the stores that are left out of all of them because they lack something. */
export type PartsView = {
  rows: PartRow[];
  leftOut: { store: string | null; change: string; link: string }[];
};

/**
 * Segments as the report ranks them, with the net money of their weeks; a store that is left out is no channel and stands
 * apart from them. `params` are those of contributions.
 */
export function partsView(
  locale: Locale,
  rows: readonly ContributionsRow[],
  weeks: readonly MoneyRow[],
  changes: readonly FunnelChangeRow[],
  params: LinkParameters,
): PartsView {
  const out = rows.filter(({ left_out }) => left_out);
  return {
    rows: partRows(
      locale,
      rows.filter(({ left_out }) => !left_out),
      weeks,
      changes,
      params,
    ),
    leftOut: out.map(({ segment, change }) => ({
      store: segment,
      change: effect(locale, change),
      link: figureLink('contributions', 'change', params, { segment }),
    })),
  };
}

function partRows(
  locale: Locale,
  rows: readonly ContributionsRow[],
  weeks: readonly MoneyRow[],
  changes: readonly FunnelChangeRow[],
  params: LinkParameters,
): PartRow[] {
  const largest = Math.max(...rows.map(({ change }) => Math.abs(Number(change))), 1);
  return rows.map((row) => ({
    segment: row.segment === TOO_FEW ? word(locale, 'segment.too_few') : row.segment,
    change: effect(locale, row.change),
    bar: Number(row.change) / largest,
    line: sparklineOf(
      weeks
        .filter(({ segment }) => segment === row.segment)
        .toSorted((a, b) => a.starts_on.localeCompare(b.starts_on))
        .map(({ net }) => (net === null ? null : Number(net))),
    ),
    orders: count(locale, row.orders),
    visits: row.visits === null ? null : count(locale, row.visits),
    link: figureLink('contributions', 'change', params, { segment: row.segment }),
    drop: dropOf(
      locale,
      changes.filter(({ segment }) => segment === row.segment),
    ),
  }));
}

function dropOf(locale: Locale, changes: readonly FunnelChangeRow[]): PartRow['drop'] {
  const drop = firstDrop(changes);
  return (
    drop && {
      figure: drop.figure,
      no: drop.row.step_no,
      change: relative(locale, drop.row.ratio_change ?? 0),
    }
  );
}
