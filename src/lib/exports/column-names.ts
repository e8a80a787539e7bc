import { Refusal } from '#lib/errors/refusal.ts';
import { headerKey } from './header-text.ts';

/**
 * What a column is called among the unknown ones of a record: its header; its number (from 1) where it has none; both
 * where an earlier column has the same header.
 */
export function columnName(headers: readonly string[], at: number): string {
  const header = headers[at] ?? '';
  if (header === '') return `column ${at + 1}`;
  return headers.indexOf(header) === at ? header : numbered(header, at);
}

/** What a person may call a column, and no other one: its header, with its number where several have the same. */
export function callName(headers: readonly string[], at: number): string {
  const header = headers[at] ?? '';
  if (header === '') return `column ${at + 1}`;
  return headers.filter((other) => headerKey(other) === headerKey(header)).length === 1
    ? header
    : numbered(header, at);
}

const numbered = (header: string, at: number): string => `${header} (column ${at + 1})`;

/**
 * The place of the column that somebody calls `name`, undefined where there is none: its header as it is written, as
 * `callName` calls it, or its header in another spelling. Throws Refusal repeated_header.
 */
export function findColumn(file: string, headers: readonly string[], name: string): number | undefined {
  const all = headers.map((_, at) => at);
  const one = (found: readonly number[]): number | undefined => {
    if (found.length > 1) throw new Refusal('repeated_header', { file, header: name });
    return found[0];
  };
  return (
    one(all.filter((at) => headers[at] === name)) ??
    all.find((at) => callName(headers, at) === name) ??
    one(all.filter((at) => headerKey(headers[at] ?? '') === headerKey(name)))
  );
}

/** The same. Throws Refusal unknown_column_in_map, repeated_header. */
export function columnNamed(file: string, headers: readonly string[], name: string): number {
  const found = findColumn(file, headers, name);
  if (found === undefined)
    throw new Refusal('unknown_column_in_map', { column: name, file, columns: headers.join(', ') });
  return found;
}
