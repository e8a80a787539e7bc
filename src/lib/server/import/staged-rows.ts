import { join } from 'node:path';
import { sqlType } from '#lib/exports/ddl.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import { ELSEWHERE } from './mapping/fed.ts';
import type { StagedList } from './stage/task.ts';
import { literal } from './values/text.ts';

/**
 * The query of a staged list's records as they would stand in `raw`, without their batch: its fields, `extra`, `line`,
 * `imported_on` (the given day, as `2026-03-08`), `problem`, `zoned` and `rounded`. Fields that the file does not feed take
 * their default, else nothing.
 */
export function stagedRows(
  { table, rows, numbered, fed }: Pick<StagedList, 'table' | 'rows' | 'numbered' | 'fed'>,
  folder: string,
  day: string,
): string {
  const valueOf = (field: Field) => {
    if (fed.includes(field.name)) return field.name;
    const value = field.default === undefined ? `null::${sqlType(field, 'duckdb')}` : literal(field.default);
    return `${value} as ${field.name}`;
  };
  return `
    select ${fieldsOf(table).map(valueOf).join(', ')}, extra,
      ${numbered ? 'line' : 'file_row_number + 1'}::bigint as line,
      ${literal(day)}::date as imported_on, problem, zoned, rounded
    from read_parquet(${literal(join(folder, rows))}, file_row_number = true)
    where problem is distinct from '${ELSEWHERE}'`;
}
