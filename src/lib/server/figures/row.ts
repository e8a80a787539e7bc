import { Refusal } from '#lib/errors/refusal.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import type { Condition, Source } from '../reports/opening.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Argument, Arguments } from '../warehouse/parameters.ts';
import type { Row, Value } from '../warehouse/values.ts';

/** A value as an address writes it; nothing where it is missing. */
export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a row and the question that it answers fulfil all conditions. */
export function matches(row: Row, params: Arguments, conditions: readonly Condition[]): boolean {
  return conditions.every(({ column, values }) => {
    const text = column.startsWith('$') ? String(params[column.slice(1)] ?? '') : textOf(row[column]);
    return values.includes(text);
  });
}

/**
 * The one row that an address names. Throws Refusal row_not_found when no row, or more than one, has the key's values,
 * also when the key names a column that the report does not have.
 */
export function rowNamed(spec: ReportSpec, { key }: FigureAddress, rows: readonly Row[]): Row {
  const wanted = Object.entries(key);
  const found = rows.filter((row) =>
    wanted.every(([name, value]) => Object.hasOwn(row, name) && textOf(row[name]) === (value ?? '')),
  );
  const [row, second] = found;
  if (row === undefined || second !== undefined)
    throw new Refusal('row_not_found', {
      report: spec.name,
      row: wanted.map(([name, value]) => `${name}:${value ?? ''}`).join(', ') || '–',
      grain: spec.grain.join(', ') || '–',
    });
  return row;
}

/**
 * What a number's row and question hand to another report: what the header gives, else the row's column of the
 * parameter's name, else the question's parameter of that name. Pages are left to the caller.
 */
export function handedTo(
  { parameters }: ReportSpec,
  given: Readonly<Record<string, Source>>,
  params: Arguments,
  row: Row,
): Record<string, string | readonly string[]> {
  const entries = parameters
    .filter(({ name }) => name !== 'limit' && name !== 'offset')
    .map(({ name }): [string, string | readonly string[]] => {
      const source = given[name];
      if (source) return [name, sourced(source, params, row)];
      return [name, Object.hasOwn(row, name) ? textOf(row[name]) : argumentText(params[name])];
    });
  return Object.fromEntries(entries.filter(([, value]) => value.length > 0));
}

function sourced(source: Source, params: Arguments, row: Row): string | readonly string[] {
  switch (source.from) {
    case 'literal':
      return source.text;
    case 'parameter':
      return argumentText(params[source.name]);
    case 'column':
      return textOf(row[source.name]);
  }
}

function argumentText(argument: Argument | undefined): string | readonly string[] {
  if (argument === null || argument === undefined) return '';
  return typeof argument === 'object' ? argument.map(String) : String(argument);
}
