import { Refusal } from '#lib/errors/refusal.ts';
import { refuseMissing, tableNamed } from './recognise.ts';
import type { Recognised } from './recognise.ts';
import { fieldsOf } from './tables.ts';

/**
 * What a person decided about a file: the table, and for each field the place of its column, counted from 0. Columns
 * that feed no field are kept as extra.
 */
export type Plan = { table: string; columns: Readonly<Record<string, number>> };

/** Whether a value from outside has the form of a plan. */
export function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null || !('table' in value) || !('columns' in value))
    return false;
  const { table, columns } = value;
  return (
    typeof table === 'string' &&
    typeof columns === 'object' &&
    columns !== null &&
    Object.values(columns).every((at) => Number.isSafeInteger(at) && Number(at) >= 0)
  );
}

/**
 * A plan held against the file it is meant for.
 * Throws Refusal unknown_table, unknown_field_in_map, unknown_column_in_map, missing_required_column.
 */
export function recognisedByPlan(file: string, headers: readonly string[], plan: Plan): Recognised {
  const table = tableNamed(plan.table);
  const fields = fieldsOf(table).map((field) => field.name);
  const columns = new Map<string, number>();
  for (const [field, at] of Object.entries(plan.columns)) {
    if (!fields.includes(field))
      throw new Refusal('unknown_field_in_map', { field, table, fields: fields.join(', ') });
    if (at >= headers.length)
      throw new Refusal('unknown_column_in_map', { column: at + 1, file, columns: headers.join(', ') });
    columns.set(field, at);
  }
  refuseMissing(file, table, columns, []);
  return { table, columns, undecided: [] };
}
