import { z } from 'zod';
import { callName } from './column-names.ts';
import { style } from './plan.ts';
import type { ListPlan, Plan } from './plan.ts';
import { readingChoice } from './reading.ts';
import { ruleText } from './rule.ts';

/** How a file feeds one list, by the names of its columns. */
export const listMapping = z.strictObject({
  /** Found by the headers where it is not said. */
  table: z.string().optional(),
  /** Field → header, or `Price*Pieces` for an amount that is a product. */
  columns: z.record(z.string(), z.string()),
  constants: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  /** Under `*`: of all fields without a style of their own. */
  styles: z.record(z.string(), style).optional(),
  sum: z.array(z.string()).optional(),
  /** Rules as people write them, for instance `Quantity>0`. */
  only: z.array(z.string()).optional(),
  /** Columns that are not named: kept as extra, or taken for the fields that their headers name. */
  others: z.enum(['kept', 'by_header']).optional(),
});
export type ListMapping = z.infer<typeof listMapping>;

/**
 * What a person decided about all files of a kind: a plan by the names of columns, so that it can be read, kept as a JSON
 * file and used for the next file whose columns stand in another order.
 */
export const mapping = z.strictObject({
  /** All headers of the file for which it was decided. */
  headers: z.array(z.string()).optional(),
  reading: readingChoice.optional(),
  lists: z.array(listMapping).min(1).max(20),
});
export type Mapping = z.infer<typeof mapping>;

/** A mapping that names only some columns, and leaves the others and perhaps the table to the headers. */
export function mappingByHeader(
  table: string | undefined,
  columns: Readonly<Record<string, string>> = {},
): Mapping {
  return {
    lists: [{ ...(table === undefined ? {} : { table }), columns: { ...columns }, others: 'by_header' }],
  };
}

/** A mapping from the text of a JSON file, undefined where it is none. */
export function readMapping(text: string): Mapping | undefined {
  try {
    return mapping.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A plan for a file with these headers as a mapping that gives the same plan for such a file again. */
export function mappingOf({ reading, lists }: Plan, headers: readonly string[]): Mapping {
  return {
    headers: [...headers],
    ...(reading === undefined ? {} : { reading }),
    lists: lists.map((list) => listMappingOf(list, headers)),
  };
}

function listMappingOf(
  { columns, factors = {}, only, ...rest }: ListPlan,
  headers: readonly string[],
): ListMapping {
  const named = Object.entries(columns).map(([field, at]) => {
    const factor = factors[field];
    const name = callName(headers, at);
    return [field, factor === undefined ? name : `${name}*${callName(headers, factor)}`];
  });
  return {
    ...rest,
    columns: Object.fromEntries(named) as Record<string, string>,
    ...(only === undefined ? {} : { only: only.map((rule) => ruleText(rule, headers)) }),
  };
}
