import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { isRounded, movedInstants, problemsOf, readValues } from '../values/read-values.ts';
import type { Finding } from '../values/read-values.ts';
import { isPadded, literal, trimmed } from '../values/text.ts';
import type { Filled, Writings } from '../values/writing.ts';
import type { Head } from '#lib/exports/head.ts';

/** Where DuckDB writes what it could not divide into columns; temporary, on the connection. */
export const ERRORS = 'import_errors';

/** A plain list, the table that it feeds, how its columns are written, and the firm's time zone. */
export type Typing = { path: string; head: Head; recognised: Recognised; writings: Writings; zone: string };

/**
 * The query of all records of a list that can be divided into columns, in the order of the file: the fields that it feeds,
 * typed, and `extra`, `problem` (where something is wrong, as `field:reason` between spaces), `zoned`, `rounded` and, of
 * records with a problem, `cells` (JSON list of its texts).
 * Records are not numbered: that would keep DuckDB from reading with more than one thread.
 */
export function typedRows({ path, head, recognised, writings, zone }: Typing): string {
  const filled = filledBy(recognised);
  const used = new Set(recognised.columns.values());
  const unknown = head.headers.map((_, at) => at).filter((at) => !used.has(at));
  const problems = problemsOf(filled, writings);
  return `
    select ${filled.map(({ field }) => `${stored(field)} as ${field.name}, `).join('')}extra, problem, zoned, rounded,
      ${cells(head.headers)} as cells
    from (
      select *, ${listOf(problems)} as problem, ${listOf(movedInstants(filled, writings))} as zoned,
        ${isRounded(filled, writings)} as rounded, ${extra(unknown, head.headers)} as extra
      from (${readValues(texts(path, head, REJECTED), filled, writings, zone)})
    )`;
}

/** The fields that a list fills, with the trimmed texts of their columns. */
export function filledBy({ table, columns }: Pick<Recognised, 'table' | 'columns'>): Filled[] {
  return fieldsOf(table).flatMap((field) => {
    const column = columns.get(field.name);
    return column === undefined ? [] : [{ field, text: `t${column}` }];
  });
}

const REJECTED = `store_rejects = true, rejects_table = '${ERRORS}', rejects_scan = '${ERRORS}_scan'`;

/** The relation of a plain list's trimmed texts, `t0`, `t1` …, without the records that cannot be divided. */
export function texts(
  path: string,
  { headers, skip, delimiter }: Head,
  broken = 'ignore_errors = true',
): string {
  const names = headers.map((_, at) => `c${at}`);
  const columns = names.map((name) => `${name}: 'varchar'`).join(', ');
  return `(
    select ${names.map((name, at) => `${trimmed(name, 'padded')} as t${at}`).join(', ')}
    from (
      select *, ${isPadded(names)} as padded
      from read_csv(${literal(path)}, columns = {${columns}}, auto_detect = false, header = true, skip = ${skip},
        delim = ${literal(delimiter)}, quote = '"', escape = '"', encoding = 'utf-8', nullstr = '', ${broken})
    )
  )`;
}

/** What is stored of a field: its value, else its default. */
const stored = ({ name, default: fallback }: Field): string =>
  fallback === undefined ? name : `coalesce(${name}, ${literal(fallback)})`;

/** The findings that hold, between spaces, null where there is none. */
function listOf(each: readonly Finding[]): string {
  if (each.length === 0) return 'null::varchar';
  const words = each.map(({ when, what }) => `case when ${when} then ${literal(what)} end`);
  const any = each.map(({ when }) => `(${when})`).join(' or ');
  return `case when ${any} then concat_ws(' ', ${words.join(', ')}) end`;
}

/**
 * Columns that the contract does not know, as one JSON object of texts; null where all are empty. In the order of their
 * names: a file whose columns have changed places says the same.
 */
function extra(columns: readonly number[], headers: readonly string[]): string {
  if (columns.length === 0) return 'null::varchar';
  const texts = columns.map((at) => `t${at}`);
  const named = columns.map((at) => ({ name: nameOf(at, headers), at }));
  const pairs = named
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, at }) => `${literal(name)}, t${at}`);
  return `case when coalesce(${texts.join(', ')}) is not null then json_object(${pairs.join(', ')})::varchar end`;
}

/** The texts of a record with a problem in the order of the columns: as it can be mended. */
function cells(headers: readonly string[]): string {
  return `case when problem is not null then json_array(${headers.map((_, at) => `t${at}`).join(', ')})::varchar end`;
}

/** A header that is empty or stands there twice gets its column's number. */
function nameOf(at: number, headers: readonly string[]): string {
  const header = headers[at] ?? '';
  if (header === '') return `column ${at + 1}`;
  return headers.indexOf(header) === at ? header : `${header} (column ${at + 1})`;
}
