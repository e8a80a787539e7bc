import { draw } from '#lib/charts/draw.ts';
import type { Drawings } from '#lib/charts/draw.ts';
import { figureTrendOption } from '#lib/charts/figure-trend.ts';
import type { FigurePoint } from '#lib/charts/figure-trend.ts';
import { addDays, mondayOf, shortRange } from '#lib/ui/dates.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import { count, money, percent } from '#lib/ui/numbers.ts';
import { mayAsk } from '../reports/audience.ts';
import { askByName, specNamed } from '../reports/by-name.ts';
import type { Asker, AskOptions } from '../reports/ask.ts';
import type { ColumnSpec } from '../reports/header.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import { handedTo, matches, textOf } from './row.ts';
import { isShare, numberWords, valueWords } from './words.ts';
import type { Reader } from './words.ts';

const WEEKS = 26;

/** A number week by week: its drawings, and the same as a table. */
export type FigureChart = {
  name: string;
  drawings: Drawings;
  points: { week: string; value: string; complete: boolean }[];
};

/**
 * The 26 weeks up to the number's own period, from the report that its header names for it; null where it names none.
 * Throws the Refusals of `ask`.
 */
export async function askChart(
  asker: Asker,
  reader: Reader,
  spec: ReportSpec,
  { column }: FigureAddress,
  params: Arguments,
  row: Row,
  options: AskOptions,
): Promise<FigureChart | null> {
  const found = spec.opening.series.find(
    ({ columns, when }) => columns.includes(column) && matches(row, params, when),
  );
  const end = textOf(row['ends_on']) || params['to'];
  if (!found || typeof end !== 'string') return null;
  const series = specNamed(found.report);
  const own = series.columns.find(({ name }) => name === column);
  if (!own || !mayAsk(series, asker.viewer)) return null;
  const question = {
    ...handedTo(series, found.given, params, row),
    from: addDays(mondayOf(end), -7 * (WEEKS - 1)),
    to: end,
  };
  const { rows, as_of: asOf } = await askByName(asker, series.name, question, options);
  const keys = series.grain.filter((name) => name !== 'starts_on');
  const points = rows.filter((point) => keys.every((name) => textOf(point[name]) === textOf(row[name])));
  return chartOf(reader, own, numberWords(reader.locale, spec.name, column, row), hueOf(row), points, asOf);
}

function chartOf(
  reader: Reader,
  column: ColumnSpec,
  name: string,
  hue: string,
  rows: readonly Row[],
  asOf: string | null,
): FigureChart | null {
  if (rows.length < 2) return null;
  const { locale, currency } = reader;
  const write = (value: number): string => {
    if (column.type.startsWith('decimal')) return money(locale, currency, String(value));
    return isShare(column) ? percent(locale, value) : count(locale, value);
  };
  const points = rows.map((row): FigurePoint => {
    const [from, to] = [textOf(row['starts_on']), textOf(row['ends_on'])];
    const value = row[column.name] ?? null;
    return {
      week: shortRange(locale, from, to),
      value: value === null ? null : Number(value),
      complete: (asOf === null || to <= asOf) && row['immature'] !== true,
    };
  });
  return {
    name,
    drawings: draw((width) => figureTrendOption(points, { name, hue, write }, width)),
    points: points.map(({ week, complete }, at) => ({
      week,
      complete,
      value: valueWords(reader, column, rows[at]?.[column.name] ?? null),
    })),
  };
}

/** The hue of the row's step; ink for what belongs to none. */
function hueOf(row: Row): string {
  const step = row['step_no'];
  return typeof step === 'number' ? `var(--q${step})` : 'var(--ink)';
}
