import type { Style } from '#lib/exports/plan.ts';
import { literal, plainly } from './text.ts';
import type { DateForm } from './writing.ts';

/** The order of day, month and year in dates that do not begin with a year of four digits. */
export type Order = NonNullable<Style['order']>;

/** Words of twelve-hour clocks, by what they say of the hour. */
export const meridiems = {
  morning: ['am', 'a.m.', '上午', '早上', '早晨', '清晨', '凌晨'],
  noon: ['中午', '正午'],
  afternoon: ['pm', 'p.m.', '下午', '午后', '午後', '傍晚'],
  evening: ['晚上', '晚间', '晚間'],
} as const;

const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]? +)?';
const WEEKDAY_ZH = '(?:[ t,]*(?:星期|周|週)[一二三四五六天 ]? *)?';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const MONTH = `(${months.join('|')})[a-z]*\\.?`;
const NTH = '(?:st|nd|rd|th)?';
const YEAR = '(\\d{4}|\\d{2})';
const MERIDIEM = `(${Object.values(meridiems)
  .flat()
  .map((word) => word.replaceAll('.', '\\.'))
  .join('|')})?`;
const CLOCK = '(\\d{1,2}):(?:(\\d{1,2})(?::(\\d{1,2}(?:[.,]\\d*)?)?)?)?';
const OFFSET = '(z|(?:utc|gmt)(?:[+-]\\d{2}(?::?\\d{2})?)?|[+-]\\d{2}(?::?\\d{2})?)?';
const TIME = `${WEEKDAY_ZH}(?:(?:[ t,]|at)+${MERIDIEM} ?${CLOCK} ?${MERIDIEM} ?${OFFSET}(?: \\([^)]*\\))?)? *$`;

/** How a text of one form begins, and how it is written anew as `=year-month-day clock meridiem offset`. */
type Rewriting = { readonly begins: string; readonly pattern: string; readonly as: string };

const dated = (date: string, day: string): Rewriting => ({
  begins: `^${date}(?:[^0-9].*)?$`,
  pattern: `^${date}${TIME}`,
  as: `=${day} \\5:\\6:\\7 \\4\\8 \\9`,
});

const numbers: Record<Order, Rewriting> = {
  dmy: dated(`(\\d{1,2})[-/.] ?(\\d{1,2})[-/.] ?${YEAR}`, '\\3-\\2-\\1'),
  mdy: dated(`(\\d{1,2})[-/.] ?(\\d{1,2})[-/.] ?${YEAR}`, '\\3-\\1-\\2'),
  ymd: dated('(\\d{2})[-/.] ?(\\d{1,2})[-/.] ?(\\d{1,2})', '\\1-\\2-\\3'),
};

const rewritings: Record<Exclude<DateForm, 'numbers' | 'serial'>, readonly Rewriting[]> = {
  year_first: [dated('(\\d{4})[-/.] ?(\\d{1,2})[-/.] ?(\\d{1,2})', '\\1-\\2-\\3')],
  compact: [dated('(\\d{4})(\\d{2})(\\d{2})', '\\1-\\2-\\3')],
  compact_clock: [
    {
      begins: '^\\d{8}[ t]?\\d{4}(?:\\d{2}|[^0-9]|$)',
      pattern: `^(\\d{4})(\\d{2})(\\d{2})[ t]?(\\d{2})(\\d{2})(\\d{2}(?:[.,]\\d*)?)?${OFFSET}$`,
      as: '=\\1-\\2-\\3 \\4:\\5:\\6  \\7',
    },
  ],
  named: [
    dated(`${WEEKDAY}(\\d{1,2})${NTH}[ ./-]*(?:of )?${MONTH}[ .,/'-]*${YEAR}`, '\\3-\\2-\\1'),
    dated(`${WEEKDAY}${MONTH}[ .]*(\\d{1,2})${NTH}(?:,| ) *${YEAR}`, '\\3-\\1-\\2'),
    dated(`(\\d{4})[ ./-]*${MONTH}[ ./-]*(\\d{1,2})`, '\\1-\\2-\\3'),
  ],
};

/** Signs of Chinese dates and clocks, and the plain ones in their place. */
const signs = {
  年: '-',
  月: '-',
  日: ' ',
  号: ' ',
  號: ' ',
  时: ':',
  時: ':',
  点: ':',
  點: ':',
  分: ':',
  秒: '',
  上午: ' 上午',
  下午: ' 下午',
};

/** A text with a date as the patterns here expect it. */
export const asWritten = (column: string): string => plainly(column, signs);

/** The form of a text made by `asWritten`, null where it is no date. Those that are seen most are looked for first. */
export function formOf(written: string): string {
  const beginnings: Record<DateForm, readonly string[]> = {
    year_first: beginningsOf(rewritings.year_first),
    numbers: beginningsOf([numbers.dmy, numbers.ymd]),
    compact_clock: beginningsOf(rewritings.compact_clock),
    compact: beginningsOf(rewritings.compact),
    named: beginningsOf(rewritings.named),
    serial: ['^\\d{5}(?:\\.\\d+)?$'],
  };
  const arms = Object.entries(beginnings).map(
    ([form, patterns]) =>
      `when ${patterns.map((pattern) => `regexp_matches(${written}, ${literal(pattern)})`).join(' or ')} then '${form}'`,
  );
  return `case ${arms.join(' ')} end`;
}

const beginningsOf = (list: readonly Rewriting[]): string[] => list.map(({ begins }) => begins);

/** The day of a text of the form `numbers`, without its clock. */
export const dayOf = (written: string): string =>
  `regexp_extract(${written}, '^\\d{1,2}[-/.] ?\\d{1,2}[-/.] ?\\d{1,4}')`;

/** A day made by `dayOf` as three numbers between dashes. */
export const dashed = (day: string): string => `regexp_replace(${day}, '[-/.] ?', '-', 'g')`;

/**
 * Whether a date may carry more than numbers: only then it is worth looking for a word of a twelve-hour clock or an offset
 * from UTC.
 */
const hasMore = (written: string): string => `regexp_matches(${written}, '[^0-9/:. -]|(?::|\\d{6}).*-')`;

/** Whether a date may carry a word of a twelve-hour clock. */
export const hasMeridiem = (written: string): string =>
  `case when ${hasMore(written)} then regexp_matches(${written}, ${literal(Object.values(meridiems).flat().join('|'))}) end`;

/** Whether a date may carry an offset from UTC. */
export const carriesOffset = (written: string): string =>
  `case when ${hasMore(written)} then regexp_matches(${written}, '(?::|\\d{6}).*(?:z|utc|gmt|[+-]\\d\\d)') end`;

/** A day made by `dashed` in an order, null where there is no such day. */
export function readBy(day: string, order: Order): string {
  const [first, second, third] = [1, 2, 3].map((n) => `split_part(${day}, '-', ${n})`) as [
    string,
    string,
    string,
  ];
  const parts = {
    dmy: [third, second, first],
    mdy: [third, first, second],
    ymd: [first, second, third],
  } as const;
  const [year, month, date] = parts[order];
  const short = `strlen(${year}) = 2 and strlen(${date}) < 3`;
  return `case when ${short} then try_cast(${century(year)} || ${year} || '-' || ${month} || '-' || ${date} as date)
    when strlen(${year}) = 4 then try_cast(${year} || '-' || ${month} || '-' || ${date} as date) end`;
}

/** The century of a year of two digits: 1950 … 2049. */
export const century = (year: string): string => `case when ${year} < '50' then '20' else '19' end`;

/** A text made by `asWritten` as `=year-month-day clock meridiem offset`; as it was where it has none of the forms. */
export function rewritten(written: string, forms: ReadonlySet<string>, order: Order | undefined): string {
  const each = [
    ...Object.entries(rewritings).flatMap(([form, list]) => (forms.has(form) ? list : [])),
    ...(forms.has('numbers') && order !== undefined ? [numbers[order]] : []),
  ];
  const anew = each.reduce(
    (sql, { pattern, as }) => `regexp_replace(${sql}, ${literal(pattern)}, ${literal(as)})`,
    written,
  );
  return forms.has('named') ? monthNumbers(anew) : anew;
}

const monthNumbers = (anew: string): string =>
  months.reduce((sql, month, at) => `replace(${sql}, '-${month}-', '-${at + 1}-')`, anew);
