import type { Style } from '#lib/exports/plan.ts';
import type { Field } from '#lib/exports/tables.ts';

/** How dates other than `2026-03-08` are written. `numbers` are read by the order of day and month in their column. */
export type DateForm = 'year_first' | 'compact' | 'compact_clock' | 'named' | 'numbers' | 'serial';

/** What instants carry beside date and clock: a word of a twelve-hour clock, an offset from UTC. */
export type DatePart = 'meridiem' | 'offset';

/** How a column of dates or numbers is written, decided from all its values. */
export type Writing = Style & { readonly has: ReadonlySet<DateForm | DatePart> };

/**
 * A field that is filled, and the SQL column of its trimmed text; `expression` is what makes a text that does not stand so
 * in the record.
 */
export type Filled = { readonly field: Field; readonly text: string; readonly expression?: string | null };

/**
 * How the columns of a list are written, by field; null while nobody has looked at all the values: then only plain
 * values are read, dates like `2026-03-08` and numbers like `12.50`, and where one is not the record's problem is
 * `field:undecided`.
 */
export type Writings = ReadonlyMap<string, Writing> | null;

/** Whether a field holds dates, with a clock or without. */
export const isTimed = ({ field }: Pick<Filled, 'field'>): boolean =>
  field.type === 'instant' || field.type === 'day';

/** Whether a field holds numbers, money included. */
export const isNumeric = ({ field }: Pick<Filled, 'field'>): boolean =>
  field.type === 'money' || field.type === 'whole' || field.type === 'number';
