import { sqlType } from '#lib/exports/ddl.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { carriesOffset, literal, trimmed, typed } from './expressions.ts';
import type { Head } from './head.ts';

/** Where DuckDB writes what it could not divide into columns; temporary, on the connection. */
export const ERRORS = 'import_errors';

export type Load = {
  path: string;
  head: Head;
  recognised: Recognised;
  batch: number;
  importedOn: string;
  zone: string;
};

/**
 * The one statement that brings a file into `raw.<table>`: every record that can be divided into columns, typed, with
 * its place among them (`line`) and, where something is wrong, the list of its problems as `field:reason`.
 */
export function loadStatement({ path, head, recognised, batch, importedOn, zone }: Load): string {
  const { table, columns } = recognised;
  const fields = fieldsOf(table);
  const used = new Set(columns.values());
  const names = head.headers.map((_, at) => `c${at}`);
  const filled = fields.flatMap((field) =>
    columns.has(field.name) ? [{ field, text: `t${columns.get(field.name)}` }] : [],
  );
  const values = fields.map((field) => `${valueOf(field, columns.get(field.name), zone)} as ${field.name}`);
  const unknown = names.map((_, at) => at).filter((at) => !used.has(at));
  return `
    insert into raw.${table} (${fields.map((field) => field.name).join(', ')}, extra, batch_id, line, imported_on, problem, zoned, counts)
    select ${fields.map(({ name, default: fallback }) => (fallback === undefined ? name : `coalesce(${name}, ${literal(fallback)})`)).join(', ')},
      extra, ${batch}, line, ${literal(importedOn)}::date, problem, zoned, problem is null
    from (
      select *, ${problems(filled)} as problem
      from (
        select ${[...filled.map(({ text }) => text).filter(isFirst), ...values].join(', ')},
          ${extra(unknown, head.headers)} as extra, ${zoned(filled)} as zoned, line
        from (
          select ${names.map((name, at) => `${trimmed(name)} as t${at}`).join(', ')}, line
          from (select *, row_number() over () as line from ${reader(path, head, names)})
        )
      )
    )`;
}

const isFirst = (text: string, at: number, all: readonly string[]): boolean => all.indexOf(text) === at;

function reader(path: string, head: Head, names: readonly string[]): string {
  const columns = names.map((name) => `${name}: 'varchar'`).join(', ');
  return `read_csv(${literal(path)}, columns = {${columns}}, auto_detect = false, header = true, skip = ${head.skip},
    delim = ${literal(head.delimiter)}, quote = '"', escape = '"', encoding = 'utf-8', nullstr = '',
    store_rejects = true, rejects_table = '${ERRORS}', rejects_scan = '${ERRORS}_scan')`;
}

function valueOf(field: Field, column: number | undefined, zone: string): string {
  return column === undefined ? `null::${sqlType(field, 'duckdb')}` : typed(field, `t${column}`, zone);
}

type Filled = { field: Field; text: string };

function problems(filled: readonly Filled[]): string {
  const each = filled.flatMap(({ field, text }) => {
    const unread =
      field.type === 'text'
        ? []
        : [{ when: `${text} is not null and ${field.name} is null`, what: `${field.name}:${field.type}` }];
    return field.required ? [{ when: `${text} is null`, what: `${field.name}:required` }, ...unread] : unread;
  });
  if (each.length === 0) return 'null::varchar';
  const any = each.map(({ when }) => `(${when})`).join(' or ');
  return `case when ${any} then concat_ws(' ', ${each.map(({ when, what }) => `case when ${when} then ${literal(what)} end`).join(', ')}) end`;
}

/** Names of the fields whose instants came with an offset and were moved to the firm's time zone. */
function zoned(filled: readonly Filled[]): string {
  const instants = filled.filter(({ field }) => field.type === 'instant' || field.type === 'day');
  if (instants.length === 0) return 'null::varchar';
  const any = instants.map(({ text }) => carriesOffset(text)).join(' or ');
  return `case when ${any} then concat_ws(' ', ${instants.map(({ field, text }) => `case when ${carriesOffset(text)} then ${literal(field.name)} end`).join(', ')}) end`;
}

/** Columns that the contract does not know, as one JSON object of texts; null where all are empty. */
function extra(columns: readonly number[], headers: readonly string[]): string {
  if (columns.length === 0) return 'null::varchar';
  const texts = columns.map((at) => `t${at}`);
  const pairs = columns.map((at) => `${literal(nameOf(at, headers))}, t${at}`);
  return `case when coalesce(${texts.join(', ')}) is not null then json_object(${pairs.join(', ')})::varchar end`;
}

/** A header that is empty or stands there twice gets its column's number. */
function nameOf(at: number, headers: readonly string[]): string {
  const header = headers[at] ?? '';
  if (header === '') return `column ${at + 1}`;
  return headers.indexOf(header) === at ? header : `${header} (column ${at + 1})`;
}
