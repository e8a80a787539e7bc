import type { Choices } from '#lib/exports/field.ts';
import type { Field } from '#lib/exports/tables.ts';

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The value of a text column without surrounding blanks (spaces, tabs, full-width spaces), null when nothing is left.
 * The comparisons are far cheaper than trimming every value: text that needs none is the rule.
 */
export function trimmed(column: string): string {
  const blanks = literal(' \t\r\n　\u00a0');
  const needed = [
    `${column} < '!'`,
    `(${column} >= '　' and ${column} < '、')`,
    `(${column} >= '\u00a0' and ${column} < '¡')`,
  ];
  for (const blank of [' ', '\t', '　', '\u00a0', '\n', '\r'])
    needed.push(`suffix(${column}, ${literal(blank)})`);
  return `case when ${needed.join(' or ')} then nullif(trim(${column}, ${blanks}), '') else ${column} end`;
}

/**
 * The typed value of a trimmed text column, null when it cannot be read as its field's type.
 * `zone` is the firm's time zone: an instant with an offset becomes the firm's wall clock.
 */
export function typed(field: Field, column: string, zone: string): string {
  switch (field.type) {
    case 'text':
      return column;
    case 'choice':
      return chosen(field.choices ?? {}, column);
    case 'instant':
      return inRange(instant(column, zone), 'timestamp');
    case 'day':
      return inRange(
        `case when strlen(${column}) = 10 then try_cast(${column} as date) else (${instant(column, zone)})::date end`,
        'date',
      );
    case 'money':
      return `try_cast(${column} as decimal(18,2))`;
    case 'whole':
      return `case when regexp_full_match(${column}, '[+-]?[0-9]{1,18}(\\.0*)?') then try_cast(${column} as bigint) end`;
    case 'number':
      return finite(column);
  }
}

/** Whether the text carries an offset, so that its instant was moved to the firm's time zone. */
export function carriesOffset(column: string): string {
  return `(strlen(${column}) > 15 and not ${plainLength(column)} and regexp_matches(${column}, '${OFFSET}'))`;
}

const OFFSET = '[0-9] ?([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)$';

/** Lengths of `2026-03-08` and `2026-03-08 10:30:00`, the common forms that need no closer look. */
const plainLength = (column: string): string =>
  `(strlen(${column}) = 10 or (strlen(${column}) = 19 and substring(${column}, 17, 1) = ':'))`;

function instant(column: string, zone: string): string {
  return `case
    when ${plainLength(column)} then try_cast(${column} as timestamp)
    when regexp_matches(${column}, '${OFFSET}') then try_cast(${column} as timestamptz) at time zone ${literal(zone)}
    else try_cast(${column} as timestamp) end`;
}

/** Years that every part of the system can carry; this also drops `infinity` and placeholders such as year 1. */
function inRange(value: string, type: 'timestamp' | 'date'): string {
  return `(case when (${value}) between ${type} '1900-01-01' and ${type} '2199-12-31' then (${value}) end)`;
}

function finite(column: string): string {
  return `case when isfinite(try_cast(${column} as double)) then try_cast(${column} as double) end`;
}

function chosen(choices: Choices, column: string): string {
  const plain = `replace(lower(${column}), '_', ' ')`;
  const arms = Object.entries(choices).map(([value, spellings]) => {
    const texts = [value, ...spellings].map((text) => literal(text.toLowerCase().replaceAll('_', ' ')));
    return `when ${plain} in (${texts.join(', ')}) then ${literal(value)}`;
  });
  return `case ${arms.join(' ')} end`;
}
