import { columnName } from '#lib/exports/column-names.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { literal } from './values/text.ts';

/** What the file of a list has: the fields that it fills, and its headers. */
export type Brings = { fed: readonly string[]; headers: readonly string[] };

/**
 * A field, or a column that the contract does not know, that stands filled in `records` records and that a file which
 * replaces them does not have: it is empty, or has its default, from then on.
 */
export type Emptied = { field: string; records: number };

/**
 * The last record of a key counts whole. So a standing row `o` loses what is filled in it, or is not the default, where the
 * file that replaces it has no column for it: an SQL list of the names of those fields and unknown columns, null where
 * there is none. `fields` are those that may be lost, `brought` is an SQL list of what the file has, as `broughtNames` writes it, `extraMayDiffer` a
 * condition without which the unknown columns need not be looked at.
 */
export function emptiedNames(
  fields: readonly Field[],
  o: string,
  brought: string,
  extraMayDiffer = 'true',
): string {
  const losses = fields.map((field) => ({
    name: literal(field.name),
    when: `(${isSaid(field, o)} and not list_contains(${brought}, ${literal(field.name)}))`,
  }));
  const hasExtra = `(${o}.extra is not null and ${extraMayDiffer})`;
  const names = losses.map(({ name, when }) => `case when ${when} then ${name} end`);
  const extras = `case when ${hasExtra} then ${lostColumns(o, brought)} else [] end`;
  return `case when ${[...losses.map(({ when }) => when), hasExtra].join(' or ')} then
    nullif(list_filter([${names.join(', ')}]::varchar[], lambda x: x is not null) || ${extras}, []::varchar[]) end`;
}

/** Fields that a row loses to a file which fills these. */
export function unfed(table: TableName, { fed }: Pick<Brings, 'fed'>): Field[] {
  return fieldsOf(table).filter(({ name, key }) => !key && !fed.includes(name));
}

/**
 * What a file has: its fields, and after a colon each what its columns are called as unknown ones, for a column of today may
 * have been unknown before, and an unknown one may be called as a field.
 */
export const broughtNames = ({ fed, headers }: Brings): string[] => [
  ...fed,
  ...headers.map((_, at) => `:${columnName(headers, at)}`),
];

/** The same as an SQL list. */
export const broughtList = (brings: Brings): string =>
  `[${broughtNames(brings).map(literal).join(', ')}]::varchar[]`;

const isSaid = ({ name, default: fallback }: Field, o: string): string =>
  fallback === undefined ? `${o}.${name} is not null` : `${o}.${name} <> ${literal(fallback)}`;

function lostColumns(o: string, brought: string): string {
  const text = `json_extract_string(${o}.extra, '/' || replace(replace(x, '~', '~0'), '/', '~1'))`;
  return `list_filter(json_keys(${o}.extra), lambda x: not list_contains(${brought}, ':' || x) and ${text} is not null)`;
}
