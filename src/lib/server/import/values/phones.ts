import { literal, plainly } from './text.ts';

const EXTENSION = '(?:转|轉|分机|分機|extension|ext[.]?|x|#)[ :]*(\\d{1,6})';

/** Each step of reading a phone number: a pattern and what stands in its place. `=` marks what may be one. */
const steps = [
  ['^(?:tel|phone|mobile|电话|電話|手机|手機)[.:]? *', ''],
  ['^(\\d{7,15})[.]0$', '\\1'],
  [`^([(]?[+]?[0-9 ()./-]*[0-9])(?:[ ,;-]*${EXTENSION})?$`, '=\\1|\\2'],
] as const;

const prefixes = [
  ['^=(?:[+]?86|0086)(1[3-9]\\d{9}[|])', '=\\1'],
  ['^=(?:[+]|00)860?([1-9]\\d{8,10}[|])', '=0\\1'],
  ['^=00([1-9])', '=+\\1'],
  ['^(=[+]?\\d{5,15})[|]$', '\\1'],
  ['^(=[+]?\\d{5,15})[|](\\d+)$', '\\1x\\2'],
] as const;

/**
 * A phone number as digits: blanks, dashes, dots and brackets go, and the prefix of mainland China, for which a landline
 * gets its 0 back. The plus of another country stays, so that `+1 415 555 0100` is no number of China; an extension
 * follows an x. A text that is no phone number, or more than one, stays as it is.
 */
export function phone(column: string): string {
  const replaced = (text: string, list: readonly (readonly [string, string])[]) =>
    list.reduce((sql, [pattern, by]) => `regexp_replace(${sql}, ${literal(pattern)}, ${literal(by)})`, text);
  const digits = `regexp_replace(${replaced(plainly(column), steps)}, '[ ()./-]', '', 'g')`;
  const found = `regexp_extract(${replaced(digits, prefixes)}, '^=([+]?\\d{5,15}(?:x\\d+)?)$', 1)`;
  return `case when strlen(${column}) = 11 and try_cast(${column} as bigint) > 12999999999 then ${column}
    else coalesce(nullif(${found}, ''), ${column}) end`;
}
