import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field } from '#lib/exports/tables.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import {
  carriesOffset,
  hasMoreDecimals,
  inRange,
  isPadded,
  isPlain,
  literal,
  trimmed,
  typed,
} from '../expressions.ts';
import type { Head } from '#lib/exports/head.ts';

/** Where DuckDB writes what it could not divide into columns; temporary, on the connection. */
export const ERRORS = 'import_errors';

/** A plain list, the table that it feeds and the firm's time zone. */
export type Typing = { path: string; head: Head; recognised: Recognised; zone: string };

/** A field that a column of the file feeds: the column's trimmed text, and the flag of plain instants. */
type Filled = { field: Field; text: string; plain: string };

/**
 * The query of all records of a list that can be divided into columns, in the order of the file: the fields that it feeds,
 * typed, and `extra`, `problem` (where something is wrong, as `field:reason` between spaces), `zoned`, `rounded` and, of
 * records with a problem, `cells` (JSON list of its texts).
 * Records are not numbered: that would keep DuckDB from reading with more than one thread.
 */
export function typedRows({ path, head, recognised, zone }: Typing): string {
  const { table, columns } = recognised;
  const fields = fieldsOf(table);
  const names = head.headers.map((_, at) => `c${at}`);
  const fed = fields.flatMap((field) => {
    const column = columns.get(field.name);
    return column === undefined ? [] : [{ field, text: `t${column}`, plain: `plain_${field.name}` }];
  });
  const timed = fed.filter(({ field }) => isTimed(field));
  const used = new Set(columns.values());
  const unknown = names.map((_, at) => at).filter((at) => !used.has(at));

  return `
    select ${fed.map(({ field }) => `${stored(field)} as ${field.name}, `).join('')}extra, problem, zoned, rounded,
      ${cells(head.headers)} as cells
    from (
      select *, ${problems(fed)} as problem
      from (
        select * ${inRanges(timed)}
        from (
          select *, ${extra(unknown, head.headers)} as extra, ${zoned(timed)} as zoned, ${rounded(fed)} as rounded
            ${fed.map(({ field, text, plain }) => `, ${typed(field, text, plain, zone)} as ${field.name}`).join('')}
          from (
            select * ${timed.map(({ text, plain }) => `, ${isPlain(text)} as ${plain}`).join('')}
            from (
              select ${names.map((name, at) => `${trimmed(name, 'padded')} as t${at}`).join(', ')}
              from (select *, ${isPadded(names)} as padded from ${reader(path, head, names)})
            )
          )
        )
      )
    )`;
}

const isTimed = (field: Field): boolean => field.type === 'instant' || field.type === 'day';

function reader(path: string, head: Head, names: readonly string[]): string {
  const columns = names.map((name) => `${name}: 'varchar'`).join(', ');
  return `read_csv(${literal(path)}, columns = {${columns}}, auto_detect = false, header = true, skip = ${head.skip},
    delim = ${literal(head.delimiter)}, quote = '"', escape = '"', encoding = 'utf-8', nullstr = '',
    store_rejects = true, rejects_table = '${ERRORS}', rejects_scan = '${ERRORS}_scan')`;
}

/** What is stored of a field: its value, else its default. */
const stored = ({ name, default: fallback }: Field): string =>
  fallback === undefined ? name : `coalesce(${name}, ${literal(fallback)})`;

function inRanges(timed: readonly Filled[]): string {
  if (timed.length === 0) return '';
  return `replace (${timed.map(({ field }) => `${inRange(field.name)} as ${field.name}`).join(', ')})`;
}

function problems(fed: readonly Filled[]): string {
  const each = fed.flatMap(({ field, text }) => {
    const unread = {
      when: `${text} is not null and ${field.name} is null`,
      what: `${field.name}:${field.type}`,
    };
    const missing = { when: `${text} is null`, what: `${field.name}:required` };
    return [...(field.required ? [missing] : []), ...(field.type === 'text' ? [] : [unread])];
  });
  return listOf(
    each,
    each.map(({ when }) => `(${when})`),
  );
}

/** Names of the fields whose instants came with an offset and were moved to the firm's time zone. */
function zoned(timed: readonly Filled[]): string {
  const each = timed.map(({ field, text, plain }) => ({
    when: `not ${plain} and ${carriesOffset(text)}`,
    what: field.name,
  }));
  return listOf(
    each,
    timed.map(({ plain }) => `not ${plain}`),
  );
}

/** Whether any money of the record has more than the two decimals that are kept. */
function rounded(fed: readonly Filled[]): string {
  const each = fed.filter(({ field }) => field.type === 'money').map(({ text }) => hasMoreDecimals(text));
  return each.length === 0 ? 'null::boolean' : `coalesce(${each.join(' or ')}, false)`;
}

type Finding = { when: string; what: string };

/** The findings that hold, between spaces, null where there is none; looked for only where one of `any` holds. */
function listOf(each: readonly Finding[], any: readonly string[]): string {
  if (each.length === 0) return 'null::varchar';
  const words = each.map(({ when, what }) => `case when ${when} then ${literal(what)} end`);
  return `case when ${any.join(' or ')} then nullif(concat_ws(' ', ${words.join(', ')}), '') end`;
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
