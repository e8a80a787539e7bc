import { z } from 'zod';
import { readingChoice } from './reading.ts';

/** The place of a column, counted from 0. */
const column = z.int().nonnegative();

/** How the days and numbers of a column are written, where somebody said so. */
export const style = z.strictObject({
  order: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  decimal: z.enum(['.', ',']).optional(),
});
export type Style = z.infer<typeof style>;

/** What a rule may say about a column; all but `filled` need a value. */
export const relations = ['filled', '>', '>=', '<', '<=', '=', '<>', 'starts', 'starts_not'] as const;

/** A record counts only where a column is so; the others are rejected as left out. */
export const rule = z.strictObject({
  column,
  is: z.enum(relations),
  value: z.string().optional(),
});
export type Rule = z.infer<typeof rule>;

/** One list that a file feeds. Columns that feed no field are kept as extra. */
export const listPlan = z.strictObject({
  table: z.string(),
  /** Field → column. */
  columns: z.record(z.string(), column),
  /** Field → column by which it is multiplied: amount = price × quantity. */
  factors: z.record(z.string(), column).optional(),
  /** Field → text taken where its column is missing or empty. */
  constants: z.record(z.string(), z.string()).optional(),
  /** Field → text in the file → what it means; an empty meaning is none. */
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  styles: z.record(z.string(), style).optional(),
  /** Fields that are added up over the records of one key. */
  sum: z.array(z.string()).optional(),
  /** Rules that every record must meet. */
  only: z.array(rule).optional(),
  /** Columns that other lists of the same file use: they are no extra columns of this one. */
  elsewhere: z.array(column).optional(),
});
export type ListPlan = z.infer<typeof listPlan>;

/** What was decided about a file: how it is read and which lists it feeds, several where it is a wide one. */
export const plan = z.strictObject({
  reading: readingChoice.optional(),
  lists: z.array(listPlan).min(1).max(20),
});
export type Plan = z.infer<typeof plan>;
