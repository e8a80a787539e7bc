/** Where a value handed to another report comes from: a column of the row, a parameter of the report, or a literal. */
export type Source =
  | { readonly from: 'column'; readonly name: string }
  | { readonly from: 'parameter'; readonly name: string }
  | { readonly from: 'literal'; readonly text: string };

/** A condition on the row that a number stands in, or on its question ($name): one of these values. */
export type Condition = { readonly column: string; readonly values: readonly string[] };

/**
 * Another report that some columns open to, and what it is handed besides what both call the same: the one that lists
 * what they count, or that gives them week by week.
 */
export type RowsSpec = {
  readonly columns: readonly string[];
  readonly when: readonly Condition[];
  readonly report: string;
  readonly given: Readonly<Record<string, Source>>;
};

/** How a column follows from others of its row, in SQL, e.g. `rate_hits / rate_base`. */
export type FormulaSpec = {
  readonly column: string;
  readonly when: readonly Condition[];
  readonly text: string;
};

/** Numbers that are a list of work: of the rows behind them the columns that somebody needs who works through them. */
export type WorkSpec = {
  readonly columns: readonly string[];
  readonly when: readonly Condition[];
  readonly shown: readonly string[];
};

/** A column of a report by segment that can be shown as one table: a row for each value of `rows`, a column for each segment. */
export type AcrossSpec = {
  readonly column: string;
  readonly rows: string;
  /** The column that gives a segment's sum, under its numbers. */
  readonly total: string;
};

/** What the numbers of a report open to. */
export type OpeningSpec = {
  readonly rows: readonly RowsSpec[];
  readonly formulas: readonly FormulaSpec[];
  /** Reports that give the same columns week by week. */
  readonly series: readonly RowsSpec[];
  readonly works: readonly WorkSpec[];
  readonly across: readonly AcrossSpec[];
};

const ROWS = /^(?:rows|series) (\w+(?:, \w+)*)(?: when ([^:]+))?: (\w+)((?: \w+=\S+)*)$/;
const WORK = /^work (\w+(?:, \w+)*)(?: when ([^:]+))?: (\w+(?:, \w+)*)$/;
const ACROSS = /^across (\w+) by (\w+): (\w+)$/;
const FORMULA = /^formula (\w+)(?: when ([^:]+))?: ([\w .,()+*/-]+)$/;

/** Reads the lines `rows …`, `series …`, `work …`, `across …` and `formula …` of a header. Throws an Error that names the file and the line. */
export function openingOf(file: string, lines: readonly string[]): OpeningSpec {
  return {
    rows: lines.filter((line) => line.startsWith('rows ')).map((line) => rowsOf(file, line)),
    series: lines.filter((line) => line.startsWith('series ')).map((line) => rowsOf(file, line)),
    across: lines.filter((line) => line.startsWith('across ')).map((line) => acrossOf(file, line)),
    works: lines.filter((line) => line.startsWith('work ')).map((line) => workOf(file, line)),
    formulas: lines.filter((line) => line.startsWith('formula ')).map((line) => formulaOf(file, line)),
  };
}

/** Whether a header line belongs to what the numbers open to. */
export function isOpening(line: string): boolean {
  return /^(rows|series|work|across|formula) /.test(line);
}

/** Columns of a row that a formula's text names, in their order; functions are none. */
export function namesIn(text: string): string[] {
  return text.match(/\b[a-z_]\w*\b(?!\()/g) ?? [];
}

function rowsOf(file: string, line: string): RowsSpec {
  const [, columns, conditions, report, given] = ROWS.exec(line) ?? [];
  if (columns === undefined || report === undefined) throw unreadable(file, line);
  const pairs = (given ?? '').split(' ').filter((pair) => pair !== '');
  return {
    columns: columns.split(', '),
    when: conditionsOf(file, conditions),
    report,
    given: Object.fromEntries(
      pairs.map((pair): [string, Source] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), sourceOf(pair.slice(at + 1))];
      }),
    ),
  };
}

function workOf(file: string, line: string): WorkSpec {
  const [, columns, conditions, shown] = WORK.exec(line) ?? [];
  if (columns === undefined || shown === undefined) throw unreadable(file, line);
  return {
    columns: columns.split(', '),
    when: conditionsOf(file, conditions),
    shown: shown.split(', '),
  };
}

function acrossOf(file: string, line: string): AcrossSpec {
  const [, column, rows, total] = ACROSS.exec(line) ?? [];
  if (column === undefined || rows === undefined || total === undefined) throw unreadable(file, line);
  return { column, rows, total };
}

function formulaOf(file: string, line: string): FormulaSpec {
  const [, column, conditions, text] = FORMULA.exec(line) ?? [];
  if (column === undefined || text === undefined) throw unreadable(file, line);
  return { column, when: conditionsOf(file, conditions), text };
}

/** `figure = people and step_no = 0 | 1` */
function conditionsOf(file: string, text: string | undefined): Condition[] {
  return (text?.split(' and ') ?? []).map((condition) => {
    const [, column, values] = /^(\$?\w+) = (.+)$/.exec(condition.trim()) ?? [];
    if (column === undefined || values === undefined) throw unreadable(file, condition);
    return { column, values: values.split('|').map((value) => value.trim()) };
  });
}

function sourceOf(text: string): Source {
  if (text.startsWith('$')) return { from: 'parameter', name: text.slice(1) };
  const [, literal] = /^'(.*)'$/.exec(text) ?? [];
  return literal === undefined ? { from: 'column', name: text } : { from: 'literal', text: literal };
}

function unreadable(file: string, line: string): Error {
  return new Error(`${file}: cannot read the header line "${line}".`);
}
