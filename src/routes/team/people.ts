import { caterpillarMark, differenceAxis } from '#lib/charts/caterpillar.ts';
import type { Beside, CaterpillarMark, DifferenceAxis } from '#lib/charts/caterpillar.ts';
import type { StaffComparisonRow, StaffValuesRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, effect, money, percent, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** What can be said of somebody beside what was to be expected. */
export type Verdict = 'above' | 'as_expected' | 'below' | 'too_early' | 'not_separable' | 'nobody_else';

/** Which places somebody may hold, and of how many others they cannot be told apart. */
export type Places = { only: string | null; low: string; high: string; alike: string; all: boolean };

/** Somebody beside what was to be expected, in the reader's figures. */
export type Person = {
  id: string;
  name: string;
  store: string | null;
  /** The link to their own page. */
  href: string;
  base: string;
  /** The rate or the average as it stands, what it is of, and the link that opens it. */
  raw: string;
  rawOf: string;
  opens: string;
  expected: string | null;
  /** Percentage points or money beside what was to be expected. */
  difference: string | null;
  interval: string | null;
  verdict: Verdict;
  places: Places | null;
  mark: CaterpillarMark;
};

/** People on one axis, and how its ticks are written. */
export type People = { people: Person[]; axis: DifferenceAxis; write: (tick: number) => string };

type Row = StaffComparisonRow | StaffValuesRow;

/** People compared in a rate: differences in percentage points. `params` are those of staff_comparison. */
export function ratesOf(
  locale: Locale,
  rows: readonly StaffComparisonRow[],
  isFewBetter: boolean,
  params: LinkParameters,
): People {
  const ordered = inOrder(rows, isFewBetter);
  const axis = differenceAxis(ordered.map(besideOf));
  return {
    axis,
    write: (tick) => points(locale, tick, 1).replace(/[.,]0+$/, ''),
    people: ordered.map((row) => ({
      ...personOf(locale, axis, row, (difference) => points(locale, difference, row.rate)),
      raw: percent(locale, row.rate),
      rawOf: word(locale, 'rate.of', { hits: count(locale, row.hits), base: count(locale, row.base) }),
      opens: figureLink('staff_comparison', 'rate', params, { staff_id: row.staff_id }),
      expected: row.expected === null ? null : percent(locale, row.expected),
    })),
  };
}

/** People compared in an average of money. `params` are those of staff_values. */
export function valuesOf(
  locale: Locale,
  currency: string,
  rows: readonly StaffValuesRow[],
  params: LinkParameters,
): People {
  const ordered = inOrder(rows, false);
  const axis = differenceAxis(ordered.map(besideOf));
  const write = (difference: number) => effect(locale, String(difference));
  return {
    axis,
    write,
    people: ordered.map((row) => ({
      ...personOf(locale, axis, row, write),
      raw: money(locale, currency, row.per_unit),
      rawOf: word(locale, 'team.each', { base: count(locale, row.base) }),
      opens: figureLink('staff_values', 'per_unit', params, { staff_id: row.staff_id }),
      expected: row.expected === null ? null : money(locale, currency, row.expected),
    })),
  };
}

/** Of whom something can be told first, the best difference first; then the others in the report's order. */
function inOrder<R extends Row>(rows: readonly R[], isFewBetter: boolean): R[] {
  const side = isFewBetter ? 1 : -1;
  const told = rows.filter(({ rank_low }) => rank_low !== null);
  return [
    ...told.toSorted((a, b) => side * (Number(a.difference ?? 0) - Number(b.difference ?? 0))),
    ...rows.filter(({ rank_low }) => rank_low === null),
  ];
}

function besideOf({ difference, difference_low, difference_high, raw_difference }: Row): Beside {
  const number = (value: number | string | null) => (value === null ? null : Number(value));
  return {
    value: number(difference),
    low: number(difference_low),
    high: number(difference_high),
    raw: number(raw_difference),
  };
}

function personOf(locale: Locale, axis: DifferenceAxis, row: Row, write: (difference: number) => string) {
  const beside = besideOf(row);
  const { value, low, high } = beside;
  return {
    id: row.staff_id,
    name: row.name ?? row.staff_id,
    store: row.store,
    href: `/me?staff=${encodeURIComponent(row.staff_id)}`,
    base: count(locale, row.base),
    difference: value === null ? null : write(value),
    interval:
      low === null || high === null
        ? null
        : word(locale, 'team.range', { low: write(low), high: write(high) }),
    verdict: (row.verdict ?? 'nobody_else') as Verdict,
    places: placesOf(locale, row),
    mark: caterpillarMark(axis, beside),
  };
}

function placesOf(locale: Locale, row: Row): Places | null {
  const { rank, rank_low: low, rank_high: high, ranked, alike } = row;
  if (low === null || high === null || ranked === null || ranked < 2) return null;
  return {
    only: rank === null ? null : count(locale, rank),
    low: count(locale, low),
    high: count(locale, high),
    alike: count(locale, alike ?? 0),
    all: low === 1 && high === ranked,
  };
}
