import { columnNamed, findColumn } from './column-names.ts';
import type { FieldType } from './field.ts';
import type { ListMapping, Mapping } from './mapping.ts';
import type { ListPlan, Plan, Style } from './plan.ts';
import { tableNamed } from './recognise.ts';
import { recogniseBySample } from './recognise-by-sample.ts';
import type { Besides, Seen } from './recognise-by-sample.ts';
import { readRule } from './rule.ts';
import { fieldsOf } from './tables.ts';

/**
 * A mapping as a plan for the file that was seen.
 * Throws Refusal unknown_table, unknown_field_in_map, unknown_column_in_map, repeated_header, bad_rule and, where columns
 * are taken by their headers, those of `recogniseBySample`.
 */
export function planBy({ reading, lists }: Mapping, seen: Seen): Plan {
  return {
    ...(reading === undefined ? {} : { reading }),
    lists: lists.map((list) => listPlanBy(list, seen)),
  };
}

function listPlanBy(mapping: ListMapping, seen: Seen): ListPlan {
  const { file, headers } = seen;
  const { table, only, others = 'kept', columns: names, ...rest } = mapping;
  const named = Object.entries(names).map(([field, name]) => ({ field, ...columnsOf(file, headers, name) }));
  const columns = Object.fromEntries(named.map(({ field, column }) => [field, column]));
  const factors = named.flatMap(({ field, factor }) =>
    factor === undefined ? [] : [[field, factor] as const],
  );
  const filled =
    others === 'kept' && table !== undefined
      ? { table, columns }
      : byHeader(seen, table, columns, {
          given: Object.keys(rest.constants ?? {}),
          used: factors.map(([, at]) => at),
        });
  return {
    ...rest,
    ...filled,
    ...(rest.styles === undefined ? {} : { styles: stylesOf(rest.styles, filled) }),
    ...(factors.length === 0 ? {} : { factors: Object.fromEntries(factors) }),
    ...(only === undefined ? {} : { only: only.map((rule) => readRule(file, headers, rule)) }),
  };
}

/** The style under `*` is that of every field that has days or numbers and no style of its own. */
function stylesOf(
  styles: Readonly<Record<string, Style>>,
  { table, columns }: ListPlan,
): Record<string, Style> {
  const { '*': general, ...own } = styles;
  if (general === undefined) return own;
  const fields = fieldsOf(tableNamed(table)).filter(
    ({ name, type }) => Object.hasOwn(columns, name) && STYLED.has(type),
  );
  return { ...Object.fromEntries(fields.map(({ name }) => [name, general])), ...own };
}

const STYLED: ReadonlySet<FieldType> = new Set(['instant', 'day', 'money', 'whole', 'number']);

function byHeader(
  seen: Seen,
  table: string | undefined,
  named: Readonly<Record<string, number>>,
  besides: Pick<Besides, 'given' | 'used'>,
): Pick<ListPlan, 'table' | 'columns' | 'only'> {
  const { columns, ...found } = recogniseBySample(seen, { table, named, ...besides });
  return {
    table: found.table,
    columns: Object.fromEntries(columns),
    ...(found.only.length === 0 ? {} : { only: [...found.only] }),
  };
}

/** `Price*Pieces` are two columns, unless one is called so. */
function columnsOf(
  file: string,
  headers: readonly string[],
  name: string,
): { column: number; factor?: number } {
  const [first = '', second] = name.split('*');
  const isProduct = second !== undefined && findColumn(file, headers, name) === undefined;
  if (!isProduct) return { column: columnNamed(file, headers, name) };
  return {
    column: columnNamed(file, headers, first.trim()),
    factor: columnNamed(file, headers, name.slice(first.length + 1).trim()),
  };
}
