/**
 * The address of one number of one report:
 *
 *     /figure/REPORT/COLUMN?PARAMETER=VALUE…&row=COLUMN:VALUE…&page=N
 *
 * REPORT and COLUMN as in the report's header; PARAMETER as in /api/reports/REPORT, a list repeats its name; one `row`
 * for each column that tells the number's row from the report's others (no value after the colon: missing); `page` of
 * the rows behind it, from 1. With `row` and `page` taken out it is the query of /api/reports/REPORT.
 */
export type FigureAddress = {
  report: string;
  column: string;
  params: Readonly<Record<string, ParameterText>>;
  key: Readonly<Record<string, string | null>>;
  page: number;
};

export type ParameterText = string | readonly string[];

/** What a caller may hand over; null, undefined and empty lists are left out of the address. */
export type LinkParameters = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly (string | number | null)[]>
>;

/** The values of the columns by which the row is found, null where the value is missing. */
export type LinkKey = Readonly<Record<string, string | number | boolean | null>>;

const ROW = 'row';
const PAGE = 'page';

/**
 * The link that opens a number: as a page of its own without JavaScript, as a panel over the page with it.
 * @example figureLink('funnel', 'people', { from, to, view, where }, { step_no: 4 })
 */
export function figureLink(
  report: string,
  column: string,
  params: LinkParameters = {},
  key: LinkKey = {},
  page = 1,
): string {
  const query = new URLSearchParams(entriesOf(params));
  for (const [name, value] of Object.entries(key)) query.append(ROW, `${name}:${value ?? ''}`);
  if (page > 1) query.set(PAGE, String(page));
  const path = `/figure/${encodeURIComponent(report)}/${encodeURIComponent(column)}`;
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The address of a number's chart as a file, SVG. */
export function chartLink({ report, column, params, key }: Omit<FigureAddress, 'page'>): string {
  const [path = '', query] = figureLink(report, column, params, key).split('?');
  return `${path}/chart.svg${query === undefined ? '' : `?${query}`}`;
}

/** The forms in which rows are handed out; a workbook is for whoever opens them in Excel or WPS. */
export type FileFormat = 'csv' | 'xlsx' | 'json' | 'arrow';

/** The address of a report's rows, e.g. `reportLink('funnel', { from, to }, 'csv')`; without a format it is JSON. */
export function reportLink(report: string, params: LinkParameters = {}, format?: FileFormat): string {
  const query = new URLSearchParams(entriesOf(params));
  if (format !== undefined) query.set('format', format);
  const path = `/api/reports/${encodeURIComponent(report)}`;
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Reads an address that `figureLink` has written; a page that is no positive whole number is the first. */
export function figureAddress(report: string, column: string, query: URLSearchParams): FigureAddress {
  const names = [...new Set(query.keys())].filter((name) => name !== ROW && name !== PAGE);
  const page = Number(query.get(PAGE) ?? 1);
  return {
    report,
    column,
    params: Object.fromEntries(names.map((name) => [name, oneOrAll(query.getAll(name))])),
    key: Object.fromEntries(query.getAll(ROW).map(keyEntry)),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** Whether an address leads to a number, so that a page may open it as a panel. */
export function isFigureLink({ pathname }: URL): boolean {
  return /^\/figure\/[^/]+\/[^/]+$/.test(pathname);
}

function entriesOf(params: LinkParameters): [string, string][] {
  return Object.entries(params).flatMap(([name, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values
      .filter((entry) => entry !== null && entry !== undefined)
      .map((entry): [string, string] => [name, String(entry)]);
  });
}

function oneOrAll(texts: readonly string[]): ParameterText {
  const [only, second] = texts;
  return second === undefined && only !== undefined ? only : texts;
}

function keyEntry(entry: string): [string, string | null] {
  const at = entry.indexOf(':');
  const [name, value] = at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  return [name, value === '' ? null : value];
}
