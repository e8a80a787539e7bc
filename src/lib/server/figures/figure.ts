import { Refusal } from '#lib/errors/refusal.ts';
import { addDays, lastOfMonth, longDay, period } from '#lib/ui/dates.ts';
import { chartLink, reportLink } from '#lib/ui/figure-link.ts';
import type { FigureAddress, FileFormat } from '#lib/ui/figure-link.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { mayRead } from '../access/may.ts';
import type { Answer } from '../reports/answer.ts';
import type { Asker, AskOptions } from '../reports/ask.ts';
import { askByName, specNamed } from '../reports/by-name.ts';
import type { ColumnSpec } from '../reports/header.ts';
import type { AcrossSpec } from '../reports/opening.ts';
import type { ReportSpec } from '../reports/spec.ts';
import { reportText } from '../reports/texts.ts';
import type { Argument, Arguments } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import { askChart } from './chart.ts';
import type { FigureChart } from './chart.ts';
import { formulaOf } from './formula.ts';
import type { Formula } from './formula.ts';
import { rowNamed, textOf } from './row.ts';
import { acrossOf, tableOf } from './table.ts';
import type { FigureTable } from './table.ts';
import { askRows } from './rows.ts';
import type { RowsView } from './rows.ts';
import { columnDefinition, fieldWords, keyWords, numberWords, valueWords } from './words.ts';
import type { Reader } from './words.ts';

/** Everything that one number opens to, in the reader's language. */
export type Figure = {
  report: string;
  column: string;
  /** What the number is called, e.g. 进店率. */
  name: string;
  value: string;
  /** Which period, group and view it is of. */
  scope: string[];
  definition: {
    column: string | null;
    report: string;
    reportTitle: string;
    /** The report's own page; null for whoever may not open it. */
    href: string | null;
    english: string;
  };
  formula: Formula | null;
  sql: string;
  parameters: { name: string; value: string }[];
  rows: RowsView | null;
  /** There are rows, which whoever asks may not see one by one. */
  withholdsRows: boolean;
  /** In place of one number and its rows: the column for all segments at once. */
  table: FigureTable | null;
  chart: (FigureChart & { svg: string }) | null;
  downloads: Readonly<Record<FileFormat, string>>;
};

/**
 * Opens the number that an address names: asks its report, finds its row, and the rows behind it.
 * Throws Refusal unknown_report, unknown_figure (no such column), row_not_found, and those of `ask`.
 */
export async function askFigure(
  asker: Asker,
  reader: Reader,
  address: FigureAddress,
  options: AskOptions = {},
): Promise<Figure> {
  const spec = specNamed(address.report);
  const column = columnNamed(spec, address.column);
  const answer = await askByName(asker, spec.name, address.params, options);
  const across = acrossOf(spec, address);
  if (across) return tableFigure(asker, reader, spec, column, address, across, answer);
  const row = rowNamed(spec, address, answer.rows);
  const [rows, chart] = await Promise.all([
    askRows(asker, reader, spec, address, answer.params, row, options),
    askChart(asker, reader, spec, address, answer.params, row, options),
  ]);
  return {
    ...aboutColumn(asker, reader, spec, column, address, answer.params),
    name: numberWords(reader.locale, spec.name, column.name, row),
    value: valueWords(reader, column, row[column.name] ?? null),
    scope: scopeOf(reader, spec, column, answer.params, row),
    formula: formulaOf(reader, spec, address, answer.params, row),
    rows: rows === 'withheld' ? null : rows,
    withholdsRows: rows === 'withheld',
    table: null,
    chart: chart && { ...chart, svg: chartLink(address) },
  };
}

/** A column for all segments at once: `by` says of what. */
function tableFigure(
  asker: Asker,
  reader: Reader,
  spec: ReportSpec,
  column: ColumnSpec,
  address: FigureAddress,
  across: AcrossSpec,
  { params, rows }: Pick<Answer<Row>, 'params' | 'rows'>,
): Figure {
  const { locale } = reader;
  const field = fieldWords(locale, String(params['by'] ?? ''));
  return {
    ...aboutColumn(asker, reader, spec, column, address, params),
    name: word(locale, 'figure.across', { name: word(locale, `report.${spec.name}.title`), field }),
    value: '',
    scope: scopeOf(reader, { ...spec, grain: [] }, column, params, {}),
    formula: null,
    rows: null,
    withholdsRows: false,
    table: tableOf(reader, spec, address, across, rows),
    chart: null,
  };
}

/** What there is to say of a column whichever number of it is opened. */
function aboutColumn(
  { viewer }: Asker,
  { locale }: Reader,
  spec: ReportSpec,
  column: ColumnSpec,
  address: FigureAddress,
  params: Arguments,
): Pick<Figure, 'report' | 'column' | 'definition' | 'sql' | 'parameters' | 'downloads'> {
  const file = (format: FileFormat) => reportLink(spec.name, address.params, format);
  return {
    report: spec.name,
    column: column.name,
    definition: {
      column: columnDefinition(locale, spec.name, column.name),
      report: word(locale, `report.${spec.name}.about`),
      reportTitle: word(locale, `report.${spec.name}.title`),
      href: mayRead(viewer, '/reports/[name]') ? `/reports/${spec.name}` : null,
      english: column.about,
    },
    sql: reportText(spec.name).body.trim(),
    parameters: Object.entries(params).map(([name, value]) => ({
      name,
      value: value === null ? 'null' : JSON.stringify(value).replace(/^"|"$/g, ''),
    })),
    downloads: { csv: file('csv'), xlsx: file('xlsx'), json: file('json'), arrow: file('arrow') },
  };
}

function columnNamed(spec: ReportSpec, name: string): ColumnSpec {
  const column = spec.columns.find((candidate) => candidate.name === name);
  if (!column)
    throw new Refusal('unknown_figure', {
      name,
      report: spec.name,
      known: spec.columns.map((candidate) => candidate.name).join(', '),
    });
  return column;
}

function scopeOf(
  { locale }: Reader,
  spec: ReportSpec,
  column: ColumnSpec,
  params: Arguments,
  row: Row,
): string[] {
  const { to, as_of: asOf, view, by } = params;
  const keys = spec.columns.filter(({ name }) => spec.grain.includes(name) && name !== column.name);
  const days = daysOf(params, row);
  const filters = Array.isArray(params['where']) ? params['where'] : [];
  return [
    days && period(locale, days.from, days.to),
    ...keys
      .filter(({ name }) => name !== 'starts_on')
      .map((key) => keyWords(locale, key, row, typeof by === 'string' ? by : null)),
    ...filters.map((entry) => filterWords(locale, String(entry))),
    typeof view === 'string' && hasWord(`figure.view.${view}`) ? word(locale, `figure.view.${view}`) : null,
    typeof asOf === 'string'
      ? word(locale, 'figure.as_of', { day: longDay(locale, lastDayOf(column, asOf, to)) })
      : null,
  ].filter((text): text is string => text !== null && text !== textOf(null));
}

/** The last day of a part of a period, by its first. */
const PARTS: Readonly<Record<string, (starts: string) => string>> = {
  day: (starts) => starts,
  week: (starts) => addDays(starts, 6),
  month: lastOfMonth,
};

/** The days that a row is of: those that it names, the part of the period that it begins, or the whole period. */
function daysOf(
  { from, to, grain }: Arguments,
  { starts_on: starts, ends_on: ends }: Row,
): { from: string; to: string } | null {
  if (typeof starts === 'string' && typeof ends === 'string') return { from: starts, to: ends };
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const ending = PARTS[String(grain)];
  if (typeof starts !== 'string' || ending === undefined) return { from, to };
  const end = ending(starts);
  return { from: starts > from ? starts : from, to: end < to ? end : to };
}

/** The day up to which a number says something: what is owed is owed at the period’s end, whatever came later. */
function lastDayOf({ name }: ColumnSpec, asOf: string, to: Argument | undefined): string {
  return name.startsWith('outstanding') && typeof to === 'string' && to < asOf ? to : asOf;
}

function filterWords(locale: Reader['locale'], entry: string): string {
  const at = entry.indexOf('=');
  const value = entry.slice(at + 1);
  return `${fieldWords(locale, entry.slice(0, at))}${word(locale, 'figure.colon')}${value || word(locale, 'figure.missing')}`;
}
