import { commonRate, precisionOf } from './beta-binomial.ts';
import type { Tried } from './beta-binomial.ts';
import { posteriorOf, quantileOf } from './posterior.ts';
import type { Posterior } from './posterior.ts';
import { precisionsOf } from './precisions.ts';
import { placesOf, rankIntervals } from './ranks.ts';
import type { Standing } from './ranks.ts';

/** The columns of staff_comparison that the comparison needs and fills. Domain: "Staff". */
export type Compared = {
  readonly asked: boolean;
  readonly open: boolean;
  readonly anonymous: boolean;
  readonly base: number;
  readonly hits: number;
  readonly expected: number | null;
  readonly fallback_base: number;
  readonly precision: number | null;
  readonly raw_difference: number | null;
  readonly shrunken: number | null;
  readonly shrunken_low: number | null;
  readonly shrunken_high: number | null;
  readonly difference: number | null;
  readonly difference_low: number | null;
  readonly difference_high: number | null;
  readonly verdict: string | null;
  readonly rank: number | null;
  readonly rank_low: number | null;
  readonly rank_high: number | null;
  readonly alike: number | null;
  readonly ranked: number | null;
  readonly colleagues: number;
  readonly colleagues_low: number | null;
  readonly colleagues_middle: number | null;
  readonly colleagues_high: number | null;
};

export type Comparing = { readonly against: string; readonly figure: string };

/** The figure of which fewer is better. */
const BETTER_LOW = 'cancellations';

/** Fewer successes or failures than this are too few to say. */
const FEWEST_EXPECTED = 10;
/** A distribution of fewer people is not anonymous. */
const FEWEST_COLLEAGUES = 5;
/** What nearly all of a posterior lies between, for ranks. */
const NEARLY_ALL = 0.0005;

/** One person, what is expected of them, and what is known afterwards; null where nobody can be compared with. */
type Judged<Row> = { row: Row; known: { expected: number; posterior: Posterior; shrunken: number } | null };

/**
 * Completes people with the shrunken rate (φe + y)/(φ + n), its 95 % posterior interval, the difference to what was
 * expected of them, a verdict, and where that difference ranks: places are those of the true difference, as probable as the
 * data leave them, and `rank` is given only where the interval of places holds a single one of several. The highest stands
 * first, of cancellations the lowest. Ranked are people with enough tries whom their own mix tells apart from their store.
 * Against `all` one common rate is fitted and expected of everybody. Only rows that are `asked` come back; one that is not
 * `open` as it is, with nothing but what is one's own, and an `anonymous` one without places among the others. The quartiles
 * of the colleagues' differences stand in each row, where at least five colleagues have enough tries; that their stores may
 * stand behind some of these is said by the own verdict. Casella 1985; Goldstein & Spiegelhalter 1996; see the modules beside.
 */
export function fairComparison<Row extends Compared>(
  rows: readonly Row[],
  { against, figure }: Comparing,
): Row[] {
  const { precision, judged } = judge(rows, against);
  const ranked = judged.filter((one) => standsIn(one));
  const places = rankIntervals(
    ranked.map((one) => (figure === BETTER_LOW ? mirrored(standingOf(one)) : standingOf(one))),
  );
  const told = judged.filter(({ row, known }) => known !== null && !isTooEarly(row, known.expected));
  return judged
    .filter(({ row }) => row.asked)
    .map((one) => {
      const { row } = one;
      if (!row.open) return row;
      const at = ranked.indexOf(one);
      return {
        ...row,
        ...estimateOf(one, precision),
        verdict: verdictOf(one),
        ...(row.anonymous ? {} : placesOf(places[at], ranked.length)),
        ...colleaguesOf(told.filter((other) => other !== one)),
      };
    });
}

/** Where somebody's difference to what was expected lies. */
function standingOf<Row extends Compared>({ known }: Judged<Row>): Standing {
  const { posterior, expected } = known ?? { posterior: () => 1, expected: 0 };
  return {
    below: (difference) => posterior(difference + expected),
    low: quantileOf(posterior, NEARLY_ALL) - expected,
    high: quantileOf(posterior, 1 - NEARLY_ALL) - expected,
  };
}

/** The same with the sign turned: the lowest first. */
function mirrored({ below, low, high }: Standing): Standing {
  return { below: (difference) => 1 - below(-difference), low: -high, high: -low };
}

function judge<Row extends Compared>(rows: readonly Row[], against: string) {
  const common = against === 'all' ? commonRate(rows) : null;
  const expectedOf = (row: Row) => (against === 'all' ? (common?.expected ?? null) : row.expected);
  const tried = rows.flatMap((row): Tried[] => {
    const expected = expectedOf(row);
    return expected === null ? [] : [{ hits: row.hits, base: row.base, expected }];
  });
  const precision = common?.precision ?? precisionOf(tried);
  const precisions = precisionsOf(tried);
  const judged = rows.map((row): Judged<Row> => {
    const expected = expectedOf(row);
    if (expected === null) return { row, known: null };
    const shrunken =
      precision === Infinity ? expected : (precision * expected + row.hits) / (precision + row.base);
    const one = { hits: row.hits, base: row.base, expected };
    return { row, known: { expected, shrunken, posterior: posteriorOf(one, precisions) } };
  });
  return { precision, judged };
}

function estimateOf<Row extends Compared>({ row, known }: Judged<Row>, precision: number) {
  const low = known && quantileOf(known.posterior, 0.025);
  const high = known && quantileOf(known.posterior, 0.975);
  return {
    expected: known?.expected ?? null,
    precision: precision === Infinity ? null : precision,
    raw_difference: known && row.hits / row.base - known.expected,
    shrunken: known?.shrunken ?? null,
    shrunken_low: low,
    shrunken_high: high,
    difference: known && known.shrunken - known.expected,
    difference_low: known && (low ?? 0) - known.expected,
    difference_high: known && (high ?? 0) - known.expected,
  };
}

function verdictOf<Row extends Compared>(one: Judged<Row>): string {
  const { row, known } = one;
  if (!known) return 'nobody_else';
  if (isTooEarly(row, known.expected)) return 'too_early';
  if (isOfStore(row)) return 'not_separable';
  if (known.posterior(known.expected) < 0.025) return 'above';
  return known.posterior(known.expected) > 0.975 ? 'below' : 'as_expected';
}

function standsIn<Row extends Compared>({ row, known }: Judged<Row>): boolean {
  return known !== null && !isTooEarly(row, known.expected) && !isOfStore(row);
}

function isTooEarly({ base }: Compared, expected: number): boolean {
  return base * Math.min(expected, 1 - expected) < FEWEST_EXPECTED;
}

/** More than half of the tries found too few others in the same channel and store. */
function isOfStore({ base, fallback_base }: Compared): boolean {
  return fallback_base * 2 > base;
}

function colleaguesOf<Row extends Compared>(others: readonly Judged<Row>[]) {
  const sorted = others
    .map(({ known }) => (known ? known.shrunken - known.expected : 0))
    .toSorted((a, b) => a - b);
  const shown = sorted.length >= FEWEST_COLLEAGUES;
  return {
    colleagues: sorted.length,
    colleagues_low: shown ? quartile(sorted, 0.25) : null,
    colleagues_middle: shown ? quartile(sorted, 0.5) : null,
    colleagues_high: shown ? quartile(sorted, 0.75) : null,
  };
}

function quartile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [low = 0, high = low] = sorted.slice(Math.floor(place));
  return low + (place - Math.floor(place)) * (high - low);
}
