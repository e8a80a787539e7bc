import { TOO_FEW } from '#lib/access/too-few.ts';
import { fieldLabel } from '#lib/exports/field-label.ts';
import { isTableName } from '#lib/exports/tables.ts';
import { ANY } from '#lib/funnel/question.ts';
import { amount, count, measure, percent } from '#lib/ui/numbers.ts';
import { hasWord, word } from '#lib/words/word.ts';
import type { Locale } from '#lib/words/locale.ts';
import { spanName } from '#lib/words/span.ts';
import type { ColumnSpec } from '../reports/header.ts';
import type { Row, Value } from '../warehouse/values.ts';

/** Whose language and currency numbers are written in. */
export type Reader = { locale: Locale; currency: string };

/** Columns that are called after the step, or term, of another column of their row rather than after themselves. */
const calledAfterStep: Readonly<Record<string, { prefix: string; step: string }>> = {
  people: { prefix: 'step', step: 'step_no' },
  rate: { prefix: 'rate', step: 'step_no' },
  rate_hits: { prefix: 'step', step: 'step_no' },
  rate_base: { prefix: 'step', step: 'rate_from' },
  stopped: { prefix: 'stopped', step: 'not_reached' },
  went_on: { prefix: 'went_on', step: 'not_reached' },
  open_people: { prefix: 'to_call', step: 'not_reached' },
  hits_before: { prefix: 'hits_before', step: 'term' },
  hits_after: { prefix: 'hits_after', step: 'term' },
  base_before: { prefix: 'base_before', step: 'term' },
  base_after: { prefix: 'base_after', step: 'term' },
};

/** Whether a row is of a funnel that somebody composed, whose steps are not the seven: only those may be optional. */
const isComposed = (row: Row) => Object.hasOwn(row, 'optional') && Object.hasOwn(row, 'step');

/** Who the numerator and the denominator of a rate of revenue_change are. */
const countedOf: Readonly<Record<string, { hits: string; base: string }>> = {
  leads_per_aware: { hits: 'leads', base: 'people_reached' },
  visit_rate: { hits: 'visits', base: 'leads' },
  closing_rate: { hits: 'orders', base: 'visits' },
  booking_rate: { hits: 'orders', base: 'leads' },
};

/** Columns whose codes the pages already have words for, and how the keys of these words begin. */
const onPages: Readonly<Record<string, string>> = {
  term: 'term',
  part: 'part',
  table_name: 'data.table',
  first_kind: 'event',
  second_kind: 'event',
  third_kind: 'event',
};

/** Columns whose codes are those of another one. */
const sameCodes: Readonly<Record<string, string>> = { cause: 'term' };

const SHARES = /(^|_)(rate|share|ratio)(_|$)/;

/** Whether a column holds shares of 1, which are written as percentages. */
export function isShare({ name, type }: Pick<ColumnSpec, 'name' | 'type'>): boolean {
  return type === 'double' && SHARES.test(name);
}

/** What a column is called on the pages. */
export function columnWords(locale: Locale, report: string, column: string): string {
  return word(locale, `report.${report}.${column}`);
}

/** What a column is called where somebody works through its rows: in a word, so that the list fits a telephone. */
export function workColumnWords(locale: Locale, report: string, column: string): string {
  const key = `work.${column}`;
  return hasWord(key) ? word(locale, key) : columnWords(locale, report, column);
}

/** What a number of a row is called: 进店率 rather than 转化率 where the row says which step it leads to. */
export function numberWords(locale: Locale, report: string, column: string, row: Row): string {
  const called = calledAfterStep[column];
  const isOther = called?.step === 'step_no' && isComposed(row);
  const step = called === undefined || isOther ? null : (row[called.step] ?? null);
  const key =
    called === undefined || step === null
      ? countedKey(column, row['term'])
      : `${called.prefix}.${String(step)}`;
  return hasWord(key) ? word(locale, key) : columnWords(locale, report, column);
}

/** The key of 签单人数 rather than 分子 where the row says which rate it is a part of; empty without one. */
function countedKey(column: string, term: Value | undefined): string {
  const [, part, side] = /^(hits|base)_(before|after)$/.exec(column) ?? [];
  const counted = typeof term === 'string' ? countedOf[term] : undefined;
  if (!counted || !side) return '';
  return `counted.${part === 'hits' ? counted.hits : counted.base}.${side}`;
}

/**
 * What a column means: its definition in the reader's language, that of its report, else the one that it has in all
 * reports; null where none is written down.
 */
export function columnDefinition(locale: Locale, report: string, column: string): string | null {
  const key = [`define.${report}.${column}`, `define.${column}`].find(hasWord);
  return key === undefined ? null : word(locale, key);
}

/** A value as a reader writes it; codes in words; a dash where there is none. */
export function valueWords({ locale, currency }: Reader, { name, type }: ColumnSpec, value: Value): string {
  if (value === null) return '—';
  if (type.startsWith('decimal')) return amount(locale, currency, String(value));
  if (type === 'double')
    return isShare({ name, type }) ? percent(locale, Number(value)) : measure(locale, Number(value));
  if (type === 'timestamp') return String(value).replace('T', ' ');
  if (typeof value === 'boolean') return word(locale, value ? 'figure.yes' : 'figure.no');
  if (typeof value === 'object') return JSON.stringify(value);
  if (type === 'date') return String(value);
  if (type !== 'varchar') return name.endsWith('_no') ? String(value) : count(locale, Number(value));
  return codeWords(locale, name, value) ?? '';
}

/** A value of a row as a reader writes it; what names a column is called as its list calls it. */
export function cellWords(reader: Reader, column: ColumnSpec, row: Row): string {
  const value = row[column.name] ?? null;
  return column.name === 'column_name' && value !== null
    ? labelIn(reader.locale, row['table_name'], value)
    : valueWords(reader, column, value);
}

/** A code of a column in words, itself where there are none; null where it is missing. */
export function codeWords(locale: Locale, name: string, value: Value): string | null {
  if (value === null) return null;
  const column = sameCodes[name] ?? name;
  const key = [
    `code.${column}.${String(value)}`,
    ...(onPages[column] === undefined ? [] : [`${onPages[column]}.${String(value)}`]),
  ].find(hasWord);
  return key === undefined ? String(value) : word(locale, key);
}

/** The value of a column that tells rows apart, e.g. the step's name or the segment's value. */
export function keyWords(locale: Locale, column: ColumnSpec, row: Row, by: string | null): string | null {
  const value = row[column.name] ?? null;
  if (column.name === 'segment') {
    if (by === null) return null;
    return `${fieldWords(locale, by)}${word(locale, 'figure.colon')}${segmentWords(locale, value)}`;
  }
  if (column.name === 'step_no' && isComposed(row)) return ownStepWords(locale, row['step']);
  if (column.name === 'step_no')
    return hasWord(`step.${String(value)}`) ? word(locale, `step.${String(value)}`) : null;
  if (column.name === 'column_name') return labelIn(locale, row['table_name'], value);
  if (column.name === 'first_kind' && value === null) return word(locale, 'builder.paths.nothing');
  if (column.name === 'bin_no' && Object.hasOwn(row, 'from_seconds'))
    return word(locale, 'builder.times.range', {
      from: spanName(locale, Number(row['from_seconds'])),
      to: spanName(locale, Number(row['to_seconds'])),
    });
  const named = column.name.replace(/_no$/, '');
  if (named !== column.name && Object.hasOwn(row, named)) return codeWords(locale, named, row[named] ?? null);
  return valueWords({ locale, currency: 'CNY' }, column, value);
}

/** A step of a funnel that somebody composed: a kind of event in words, else as it was named. */
function ownStepWords(locale: Locale, step: Value | undefined): string | null {
  if (typeof step !== 'string') return null;
  const key = step === ANY ? 'event.any' : `event.${step}`;
  return hasWord(key) ? word(locale, key) : step;
}

/** What a column of a list is called, itself where its row names no list. */
function labelIn(locale: Locale, table: Value | undefined, column: Value): string {
  const name = String(column);
  return typeof table === 'string' && isTableName(table) ? fieldLabel(locale, table, name) : name;
}

/** A value of a segment as the figures call it. */
export function segmentWords(locale: Locale, value: Value): string {
  if (value === null) return word(locale, 'figure.missing');
  return value === TOO_FEW ? word(locale, 'segment.too_few') : String(value);
}

/** A field of segments in words, as the lists call it. */
export function fieldWords(locale: Locale, field: string): string {
  const key = `code.field.${field}`;
  return hasWord(key) ? word(locale, key) : field;
}
