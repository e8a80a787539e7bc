import type { Style } from '#lib/exports/plan.ts';
import type { Field } from '#lib/exports/tables.ts';
import { literal, plainly } from './text.ts';
import type { Filled, Writings } from './writing.ts';

/** The sign before the decimals. */
export type Decimal = NonNullable<Style['decimal']>;

const CURRENCY =
  '(?:[\\p{Sc}元圆圓块塊]|元整|人民币|人民幣|(?:us|nt|hk|mop|s|a|c|r)\\$|rmb|cny|usd|ntd|twd|hkd|mop|sgd|myr|jpy|krw|eur|gbp|brl|aud|cad|chf|inr|rs\\.?|rp\\.?|kr\\.?)';

/** Whole parts with thousands set apart, by a sign of the notation, blanks or apostrophes. */
const wholes: Record<Decimal, string> = {
  '.': "(\\d+|[1-9]\\d{0,2}(?:,\\d{2,3})*,\\d{3}|[1-9]\\d{0,2}(?: \\d{3})+|[1-9]\\d{0,2}(?:'\\d{3})+)",
  ',': "(\\d+|[1-9]\\d{0,2}(?:[.]\\d{2,3})*[.]\\d{3}|[1-9]\\d{0,2}(?: \\d{3})+|[1-9]\\d{0,2}(?:'\\d{3})+)",
};

const number = (decimal: Decimal): string => `${wholes[decimal]}?(?:[${decimal}](\\d*))?`;

const BRACKETS = `^(${CURRENCY})? ?[(](.*)[)] ?(${CURRENCY})?$`;

/** Chinese words behind a number, and how many noughts each stands for. */
const NOUGHTS = [
  ['百', 2],
  ['千', 3],
  ['[万萬]', 4],
  ['十[万萬]', 5],
  ['百[万萬]', 6],
  ['千[万萬]', 7],
  ['[亿億]', 8],
] as const;

const MULTIPLE = `(?:${NOUGHTS.map(([word]) => word).join('|')})`;

/**
 * A trimmed text that holds a number in any notation with this sign before its decimals, as `-1234.5`: thousands set
 * apart or not, a currency before or behind, a sign on either side, brackets for less than nothing, full-width digits,
 * 1.2万. A text that is no number becomes one that is none either. Text throughout: nothing is rounded here.
 */
export function plainNumber(column: string, decimal: Decimal): string {
  const pattern = `^([+-]?) ?(?:${CURRENCY} ?)?([+-]?) ?${number(decimal)} ?(${MULTIPLE}?) ?(?:${CURRENCY} ?)?(-?)$`;
  const unbracketed = `regexp_replace(${plainly(column)}, ${literal(BRACKETS)}, '-\\1\\2\\3')`;
  const parts = `regexp_replace(${unbracketed}, ${literal(pattern)}, '=\\1\\2\\6|\\3|\\4|\\5')`;
  const joined = `regexp_replace(${parts}, '[,. '']', '', 'g') || '#'`;
  const whole = `case when ends_with(${joined}, '|#') then ${joined} else ${multiplied(joined)} end`;
  return `regexp_replace(${whole}, '^=([+-]?)[|](\\d*)[|](\\d*)[|]#$', '\\1\\2.\\3')`;
}

/** The parts of a number, `=SIGN|WHOLE|DECIMALS|WORD#`, with as many decimals before the point as its word has noughts. */
function multiplied(parts: string): string {
  const longer = `regexp_replace(${parts}, '(\\d[|]?)[|]([^|#]+)#$', '\\100000000|\\2#')`;
  return NOUGHTS.reduce(
    (sql, [word, noughts]) =>
      `regexp_replace(${sql}, '^=([+-]?)[|](\\d*)[|](\\d{${noughts}})(\\d*)[|]${word}#$', '=\\1|\\2\\3|\\4|#')`,
    longer,
  );
}

/** The exact number in a trimmed text column with six decimals, null where it cannot be read as one. */
export function exact(column: string, { decimal = '.' }: Style = {}): string {
  return `coalesce(${quickly(column, 'decimal(18,6)', decimal)}, try_cast(${plainNumber(column, decimal)} as decimal(18,6)))`;
}

/**
 * Whether a text that DuckDB reads as a number may mean another one: `1.500` is fifteen hundred where decimals stand
 * behind a comma.
 */
export function hasThreeDecimals(column: string): string {
  return `(contains(${column}, '.') and strlen(${column}) - strpos(${column}, '.') = 3)`;
}

/**
 * The steps that read a text as a number; the last adds `value_FIELD`. More than two decimals of money are rounded half
 * away from zero, from the text and without a floating-point number in between; an amount of a million millions or more
 * is none, so that sums over any list fit the reports' decimal(18,2).
 */
export function numberSteps(filled: Filled, writings: Writings): string[] {
  const { field, text } = filled;
  const decimal = writings?.get(field.name)?.decimal;
  if (decimal === undefined) {
    const only = writings === null ? `case when not ${hasThreeDecimals(text)} then ${text} end` : text;
    return [`, ${asNumber(filled, only)} as value_${field.name}`];
  }
  const plain = `plain_${field.name}`;
  const quick =
    decimal === '.'
      ? `try_cast(${text} as decimal(14,2)) is not null`
      : `regexp_full_match(${text}, '[+-]?\\d+')`;
  return [
    `, case when ${quick} then ${text} else ${plainNumber(text, decimal)} end as ${plain}`,
    `, ${asNumber(filled, plain)} as value_${field.name}`,
  ];
}

/** Whether a field's number has more decimals than the two that are kept and they say something: 1.230 has not. */
export function hasMoreDecimals({ field, text }: Filled, writings: Writings): string {
  const column = writings?.get(field.name)?.decimal === undefined ? text : `plain_${field.name}`;
  return `case when contains(${column}, '.') and strlen(${column}) - strpos(${column}, '.') > 2
    then try_cast(${column} as decimal(38,16)) <> try_cast(${column} as decimal(18,2)) else false end`;
}

/** A number without its currency and signs, for `notation`; null where DuckDB reads it and no other notation does. */
export const core = (column: string): string =>
  `case when not regexp_full_match(${column}, '[+-]?\\d*(?:[.](?:\\d{1,2}|\\d{4,}))?')
    then trim(regexp_replace(${plainly(column)}, '[a-z]+[.]?|[^0-9., '']', '', 'g')) end`;

/**
 * How a number is written, from its text and its `core`: `long` has more than three digits and nothing else, `dot` and `comma`
 * can only be read with that sign before the decimals, `dot3` and `comma3` (1.500, 1,500) with either and mean different
 * numbers; null otherwise. A whole number has no decimals but zeros.
 */
export function notation({ type }: Pick<Field, 'type'>, column: string, bare: string): string {
  const like = (decimal: Decimal) => `regexp_full_match(${bare}, ${literal(number(decimal))})`;
  const whole = type === 'whole' ? `not ends_with(${bare}, '000')` : 'false';
  return `case
    when ${bare} is null then case when contains(${column}, '.') then 'dot' when strlen(${column}) > 3 then 'long' end
    when not regexp_matches(${bare}, '\\d') then null
    when not ${like('.')} then case when ${like(',')} then 'comma' end
    when not ${like(',')} then 'dot'
    when contains(${bare}, '.') then case when ${whole} then 'comma' else 'dot3' end
    when contains(${bare}, ',') then 'comma3' end`;
}

function quickly(column: string, type: string, decimal: Decimal): string {
  const cast = `try_cast(${column} as ${type})`;
  return decimal === '.' ? cast : `case when not contains(${column}, '.') then ${cast} end`;
}

function asNumber({ field }: Filled, text: string): string {
  switch (field.type) {
    case 'whole':
      return `case when regexp_full_match(${text}, '[+-]?[0-9]{1,18}(\\.0*)?') then try_cast(${text} as bigint) end`;
    case 'number':
      return `case when isfinite(try_cast(${text} as double)) then try_cast(${text} as double) end`;
    default:
      return `try_cast(${text} as decimal(14,2))::decimal(18,2)`;
  }
}
