import { ageTicks, atAge, lookOf, seenPoints } from '#lib/charts/curve.ts';
import type { CurvePoint, Curves, Look } from '#lib/charts/curve.ts';
import { rateTicks } from '#lib/charts/ticks.ts';
import type { SurvivalComparisonRow, SurvivalRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count, days, measure, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** A number as it is written, the interval beside it, and the link that opens it. */
type Told = { text: string; range: string | null; href: string };

/** A share as it is written, and its interval. */
type CurveCell = { text: string; range: string | null };

export type CurveRow = {
  name: string;
  /** How its line is drawn; null for one that is not. */
  look: Look | null;
  people: Told;
  /** Days within which half had gone on; null where less than half have. */
  half: Told | null;
  /** Share gone on by the last day that the curve tells of; null where too few were followed. */
  rate: (Told & { day: string }) | null;
  lost: string | null;
  verdict: string | null;
  isCalled: boolean;
};

export type CurveView = {
  hue: number;
  /** What divides the rows, in the reader's words; null for all together. */
  by: string | null;
  rows: CurveRow[];
  /** Whether anybody was lost, as an end of its own. */
  hasLosses: boolean;
  /** Null where no line has 30 people who were still open. */
  curves: Curves | null;
  /** What the test of all together says. */
  find: { kind: 'differs' | 'noise'; names: string; p: string } | { kind: 'few' } | null;
  /** Values that are not drawn. */
  more: string | null;
  /** The curves as a table: shares at the marks of the axis; null where a line has ended. */
  table: { age: string; cells: (CurveCell | null)[] }[];
};

/** What both pages ask: the curve of each segment, the segments in one row each, and in which order to show them. */
export type CurveAnswers = {
  curve: readonly SurvivalRow[];
  compared: readonly SurvivalComparisonRow[];
};

/** How the rows are called and opened. */
export type CurveNaming = {
  hue: number;
  by: string | null;
  nameOf: (segment: string | null) => string;
  /** Segments in the order in which they are shown. */
  order: readonly (string | null)[];
  report: 'survival_comparison' | 'funnel_survival_comparison';
  asked: LinkParameters;
};

const DRAWN = 5;
const SHOWN = 12;

/** Conversion by age: up to five curves, each up to its own horizon, and the same in figures. Server only. */
export function curveView(locale: Locale, { curve, compared }: CurveAnswers, naming: CurveNaming): CurveView {
  const { hue, by, nameOf, order } = naming;
  const rows = order.flatMap((segment) => compared.filter((row) => row.segment === segment)).slice(0, SHOWN);
  const drawn = rows.filter(({ horizon_days }) => horizon_days !== null).slice(0, DRAWN);
  const until = Math.max(0, ...drawn.map(({ horizon_days }) => horizon_days ?? 0));
  const ages = ageTicks(Math.max(until, 1));
  const hasLosses = rows.some(({ losses }) => losses > 0);
  const drawsLosses = hasLosses && drawn.length === 1;
  const lines = drawn.map(({ segment, horizon_days }) => {
    const own = curve.filter((row) => row.segment === segment);
    return {
      name: nameOf(segment),
      points: seenPoints(own.map(pointOf), horizon_days ?? 0),
      until: horizon_days ?? 0,
      atRisk: ages.map((age) => count(locale, own.find((row) => row.age >= age)?.at_risk ?? 0)),
    };
  });
  const highest = Math.max(
    0,
    ...lines.flatMap(({ points }) =>
      points.map(({ share, high, lost }) => Math.max(high ?? share, drawsLosses ? lost : 0)),
    ),
  );
  return {
    hue,
    by,
    hasLosses,
    rows: rows.map((row) => rowOf(locale, row, naming, drawn.indexOf(row))),
    curves:
      lines.length === 0 ? null : { lines, until, ages, rates: rateTicks(highest), hasLosses: drawsLosses },
    find: findOf(locale, compared, nameOf),
    more:
      compared.length > drawn.length && drawn.length > 0
        ? count(locale, compared.length - drawn.length)
        : null,
    table: ages.map((age) => ({
      age: count(locale, age),
      cells: lines.map((line) => (age > line.until ? null : told(locale, atAge(line.points, age)))),
    })),
  };
}

function pointOf({ age, incidence, incidence_low, incidence_high, loss_incidence }: SurvivalRow): CurvePoint {
  return { age, share: incidence, low: incidence_low, high: incidence_high, lost: loss_incidence };
}

function told(locale: Locale, point: CurvePoint | null): CurveCell {
  if (point === null) return { text: percent(locale, 0), range: null };
  const { share, low, high } = point;
  return {
    text: percent(locale, share),
    range: low === null || high === null ? null : percentRange(locale, low, high),
  };
}

function rowOf(
  locale: Locale,
  row: SurvivalComparisonRow,
  { hue, nameOf, report, asked }: CurveNaming,
  place: number,
): CurveRow {
  const href = (column: keyof SurvivalComparisonRow) =>
    figureLink(report, column, asked, { segment: row.segment });
  const { median_days, median_low, median_high, horizon_days, horizon_rate, horizon_low, horizon_high } = row;
  return {
    name: nameOf(row.segment),
    look: place < 0 ? null : lookOf(place, hue),
    people: { text: count(locale, row.people), range: null, href: href('people') },
    half:
      median_days === null
        ? null
        : {
            text: days(locale, median_days),
            range:
              median_low === null
                ? null
                : `${days(locale, median_low)}–${median_high === null ? '…' : days(locale, median_high)}`,
            href: href('median_days'),
          },
    rate:
      horizon_days === null || horizon_rate === null
        ? null
        : {
            text: percent(locale, horizon_rate),
            range:
              horizon_low === null || horizon_high === null
                ? null
                : percentRange(locale, horizon_low, horizon_high),
            href: href('horizon_rate'),
            day: count(locale, horizon_days),
          },
    lost: row.losses === 0 || row.horizon_lost_rate === null ? null : percent(locale, row.horizon_lost_rate),
    verdict: row.verdict === null ? null : word(locale, `curve.verdict.${row.verdict}`),
    isCalled: row.verdict === 'differs',
  };
}

function findOf(
  locale: Locale,
  compared: readonly SurvivalComparisonRow[],
  nameOf: CurveNaming['nameOf'],
): CurveView['find'] {
  const judged = compared.filter(({ verdict }) => verdict !== null);
  if (judged.length === 0) return null;
  if (judged.every(({ verdict }) => verdict === 'too_few')) return { kind: 'few' };
  const differing = judged.filter(({ verdict }) => verdict === 'differs');
  const p = judged[0]?.all_p ?? 1;
  return {
    kind: differing.length > 0 ? 'differs' : 'noise',
    names: differing.map(({ segment }) => nameOf(segment)).join(word(locale, 'builder.comma')),
    p: p < 0.001 ? `< ${measure(locale, 0.001)}` : `= ${measure(locale, p)}`,
  };
}
