import type { Choices } from '#lib/exports/field.ts';
import type { Field } from '#lib/exports/tables.ts';

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Blanks that are not part of a value: spaces, tabs, line ends, no-break and full-width spaces. */
const BLANKS = ' \t\r\n\u00a0\u3000';

/**
 * Whether any column of a record begins or ends with a blank: one look at the whole record is far cheaper than
 * trimming every value, and records that need it are rare.
 */
export function isPadded(columns: readonly string[]): string {
  const blank = `[${BLANKS}]`;
  return `regexp_matches(concat_ws(chr(31), ${columns.join(', ')}), '(^|\\x1f)${blank}|${blank}(\\x1f|$)')`;
}

/** The value of a text column without surrounding blanks, null when nothing is left. `padded` is a boolean column. */
export function trimmed(column: string, padded: string): string {
  return `case when ${padded} then nullif(trim(${column}, ${literal(BLANKS)}), '') else ${column} end`;
}

/** Whether an instant or day is written as `2026-03-08` or `2026-03-08 10:30:00`, the forms that need no closer look. */
export function isPlain(column: string): string {
  return `(strlen(${column}) = 10 or (strlen(${column}) = 19 and substring(${column}, 17, 1) = ':'))`;
}

const DAY = '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}';
const MINUTE = '[0-9]{1,2}:[0-9]{2}';
const SECOND = `${MINUTE}:[0-9]{2}(?:[.][0-9]*)?`;
const OFFSET = '(?:[zZ]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)';

/** Whether an instant that is not plain carries an offset, so that it is moved to the firm's time zone. */
export function carriesOffset(column: string): string {
  return `strlen(${column}) > 15 and regexp_full_match(${column}, '${DAY}[T ](?:${SECOND}|${MINUTE}) ?${OFFSET}')`;
}

/**
 * The typed value of a trimmed text column, null when it cannot be read as its field's type. Instants with an offset
 * become the wall clock of `zone`, the firm's time zone. More than two decimals of money are rounded half away from
 * zero, from the text and without a floating-point number in between; an amount of a million millions or more is none,
 * so that sums over any list fit the reports' decimal(18,2).
 */
export function typed(field: Field, column: string, plain: string, zone: string): string {
  switch (field.type) {
    case 'text':
      return column;
    case 'choice':
      return chosen(field.choices ?? {}, column);
    case 'instant':
      return instant(column, plain, zone);
    case 'day':
      return `(${instant(column, plain, zone)})::date`;
    case 'money':
      return `try_cast(${column} as decimal(14,2))::decimal(18,2)`;
    case 'whole':
      return `case when regexp_full_match(${column}, '[+-]?[0-9]{1,18}(\\.0*)?') then try_cast(${column} as bigint) end`;
    case 'number':
      return `case when isfinite(try_cast(${column} as double)) then try_cast(${column} as double) end`;
  }
}

/** Whether the number in a text column has more than two decimals that say something: 1.230 has not. */
export function hasMoreDecimals(column: string): string {
  return `(contains(${column}, '.') and strlen(${column}) - strpos(${column}, '.') > 2
    and try_cast(${column} as decimal(38,16)) <> try_cast(${column} as decimal(18,2)))`;
}

/** Years that every part of the system can carry; leaves out `infinity` and placeholders such as year 1. */
export function inRange(value: string): string {
  return `case when ${value} between '1900-01-01' and '2199-12-31' then ${value} end`;
}

function instant(column: string, plain: string, zone: string): string {
  const local = `regexp_full_match(${column}, '${DAY}(?:[T ](?:${SECOND}|${MINUTE}))?')`;
  return `case
    when ${plain} then try_cast(${column} as timestamp)
    when ${carriesOffset(column)} then try_cast(${withSeconds(column)} as timestamptz) at time zone ${literal(zone)}
    when ${local} then try_cast(${column} as timestamp) end`;
}

/** An instant with an offset as DuckDB reads it: seconds are there, nothing stands before the offset. */
function withSeconds(column: string): string {
  const parts = (time: string) => `'^(${DAY})[T ](${time}) ?(${OFFSET})$'`;
  const completed = `regexp_replace(${column}, ${parts(MINUTE)}, '\\1 \\2:00\\3')`;
  const joined = `regexp_replace(${completed}, ${parts(SECOND)}, '\\1 \\2\\3')`;
  return `replace(replace(${joined}, 'UTC', 'Z'), 'GMT', 'Z')`;
}

function chosen(choices: Choices, column: string): string {
  const plain = `replace(lower(${column}), '_', ' ')`;
  const arms = Object.entries(choices).map(([value, spellings]) => {
    const texts = [value, ...spellings].map((text) => literal(text.toLowerCase().replaceAll('_', ' ')));
    return `when ${plain} in (${texts.join(', ')}) then ${literal(value)}`;
  });
  return `case ${arms.join(' ')} end`;
}
