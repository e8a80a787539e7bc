import { Refusal } from '#lib/errors/refusal.ts';
import type { FigureAddress } from '#lib/ui/figure-link.ts';
import type { Condition } from '../reports/opening.ts';
import type { ReportSpec } from '../reports/spec.ts';
import type { Arguments } from '../warehouse/parameters.ts';
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
