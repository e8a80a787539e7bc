import { Refusal } from '#lib/errors/refusal.ts';
import { isConstant } from './constant.ts';
import type { ListPlan, Plan, Rule } from './plan.ts';
import { plainList, refuseMissing, refuseUnknown, tableNamed } from './recognise.ts';
import type { Recognised } from './recognise.ts';
import { badRule, ruleText, understands } from './rule.ts';
import { fieldsOf } from './tables.ts';
import type { Field, TableName } from './tables.ts';
import { withWideParts } from './wide.ts';

/**
 * A plan held against the file it is meant for: one recognised list for each of the plan's, in its order.
 * Throws Refusal unknown_table, unknown_field_in_map, unknown_column_in_map, missing_required_column, bad_constant,
 * bad_calculation, bad_rule.
 */
export function recognisedByPlan(file: string, headers: readonly string[], { lists }: Plan): Recognised[] {
  return withWideParts(lists.map((list) => recognisedList(file, headers, list)));
}

function recognisedList(file: string, headers: readonly string[], list: ListPlan): Recognised {
  const table = tableNamed(list.table);
  const { columns, factors = {}, constants = {}, values = {}, styles = {}, sum = [], only = [] } = list;
  const named = [columns, factors, constants, values, styles].flatMap((part) => Object.keys(part));
  const fields = knownFields(table, [...named, ...sum]);
  refuseColumns(file, headers, [
    ...Object.values(columns),
    ...Object.values(factors),
    ...(list.elsewhere ?? []),
    ...only.map((rule) => rule.column),
  ]);
  refuseConstants(fields, constants);
  refuseCalculations(table, fields, columns, factors, sum);
  refuseRules(file, headers, only);
  const recognised: Recognised = {
    ...plainList(table, new Map(Object.entries(columns)), []),
    factors: new Map(Object.entries(factors)),
    constants: new Map(Object.entries(constants)),
    values: new Map(
      Object.entries(values).map(([field, meanings]) => [field, new Map(Object.entries(meanings))]),
    ),
    styles: new Map(Object.entries(styles)),
    sum,
    only,
    elsewhere: list.elsewhere ?? [],
  };
  refuseMissing(file, table, recognised.columns, recognised.constants);
  return recognised;
}

function knownFields(table: TableName, names: readonly string[]): ReadonlyMap<string, Field> {
  refuseUnknown(table, names);
  return new Map(fieldsOf(table).map((field) => [field.name, field]));
}

function refuseColumns(file: string, headers: readonly string[], columns: readonly number[]): void {
  for (const at of columns)
    if (at >= headers.length)
      throw new Refusal('unknown_column_in_map', { column: at + 1, file, columns: headers.join(', ') });
}

function refuseConstants(fields: ReadonlyMap<string, Field>, constants: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(constants)) {
    const field = fields.get(name);
    if (field !== undefined && (isWholeKey(field, fields) || !isConstant(field, value)))
      throw new Refusal('bad_constant', { field: name, value });
  }
}

/** What alone tells records apart cannot be the same in all of them. */
function isWholeKey(field: Field, fields: ReadonlyMap<string, Field>): boolean {
  return field.key && [...fields.values()].filter(({ key }) => key).length === 1;
}

/** Only money that has a column is multiplied, and only money is added up. */
function refuseCalculations(
  table: TableName,
  fields: ReadonlyMap<string, Field>,
  columns: Readonly<Record<string, number>>,
  factors: Readonly<Record<string, number>>,
  sum: readonly string[],
): void {
  const money = [...fields.values()].filter(({ type }) => type === 'money').map(({ name }) => name);
  const wrong =
    Object.keys(factors).find((field) => !money.includes(field) || !Object.hasOwn(columns, field)) ??
    sum.find((field) => !money.includes(field));
  if (wrong !== undefined)
    throw new Refusal('bad_calculation', { field: wrong, table, fields: money.join(', ') });
}

function refuseRules(file: string, headers: readonly string[], only: readonly Rule[]): void {
  for (const rule of only) if (!understands(rule)) throw badRule(file, headers, ruleText(rule, headers));
}
