import { filledValues } from './looks.ts';
import { matchFields } from './known-headers.ts';
import { fieldsOf, keyOf, tableNames } from './tables.ts';
import type { Field, TableName } from './tables.ts';

type Sample = readonly (readonly string[])[];

/**
 * The tables that the headers, the values of `sample` and fields filled otherwise fit best: one, several that fit equally
 * well, or none.
 */
export function likelyTables(
  headers: readonly string[],
  sample: Sample = [],
  filled: readonly string[] = [],
): TableName[] {
  const scores = tableNames
    .map((table) => scoreOf(table, headers, sample, filled))
    .filter((score) => score.points > 0)
    .sort((a, b) => b.points - a.points || Number(b.complete) - Number(a.complete));
  const [best] = scores;
  return scores
    .filter((score) => score.points === best?.points && score.complete === best.complete)
    .map((score) => score.table);
}

function scoreOf(table: TableName, headers: readonly string[], sample: Sample, filled: readonly string[]) {
  const matched = matchFields(table, headers, sample);
  const found = fieldsOf(table).filter((field) => matched.has(field.name) || filled.includes(field.name));
  const isOther = isMentioned(table, headers, sample, matched);
  const complete = !isOther && fieldsOf(table).every((field) => !field.required || found.includes(field));
  const points = found.reduce((sum, field) => sum + (isOther ? MENTION : weight(table, field)), 0);
  return { table, complete, points };
}

const MENTION = 2;

/** A whole key tells most about a table, the other required fields more than the optional ones. */
const weight = (table: TableName, field: Field): number =>
  field.key ? 6 / keyOf(table).length : field.required ? 4 : MENTION;

/** Of so many records a list of customers, sellers or campaigns names none twice but by mistake. */
const ONCE = 0.9;

/**
 * Whether another list only mentions what this one is about. Customers, sellers and campaigns need nothing but a number, and
 * every list of sales has a column of such numbers: it is no list of them where the number is all that it knows of them, or
 * where it comes again and again.
 */
function isMentioned(
  table: TableName,
  headers: readonly string[],
  sample: Sample,
  matched: ReadonlyMap<string, readonly number[]>,
): boolean {
  const [needed, ...others] = fieldsOf(table).filter(({ required }) => required);
  const [column] = matched.get(needed?.name ?? '') ?? [];
  if (column === undefined || others.length > 0) return false;
  if (matched.size === 1 && headers.length > 2) return true;
  const values = filledValues(sample, column);
  return new Set(values).size < values.length * ONCE;
}
