import { headerKey, headerKeyWithoutRemark } from './header-text.ts';
import { headers as shared } from './headers.ts';
import { areSomeChoices, filledValues } from './looks.ts';
import { endsOf, withoutEnvelope } from './nested-header.ts';
import { fieldsOf, keyOf, tableNames } from './tables.ts';
import type { TableName } from './tables.ts';

/** Compared header → field of a table. */
type Index = ReadonlyMap<string, string>;

const headerIndex = new Map(tableNames.map((table) => [table, indexOf(table)] as const));

/** Headers by which many programs call something else than what a list divides its records by. */
const vague = new Set(Object.values(shared.kind).flat().map(headerKey));

/** How many of the headers some table knows; the header line is split well when this is large. */
export function knownHeaders(headers: readonly string[]): number {
  const everywhere = [...headerIndex.values()];
  return headers.filter((header) => everywhere.some((index) => fieldOf(index, header) !== undefined)).length;
}

/** Whether headers have all that a row of some table is known by. */
export function hasKey(headers: readonly string[]): boolean {
  return tableNames.some((table) => {
    const matched = matchFields(table, headers);
    return keyOf(table).every((field) => matched.has(field));
  });
}

/**
 * The columns whose headers name each field of a table. A path such as `source.channel` names a field by its end where no
 * header names it as a whole and no other path ends so. A column called 类型 is the kind of a record only where one of the
 * values in `sample` is such a kind.
 */
export function matchFields(
  table: TableName,
  headers: readonly string[],
  sample: readonly (readonly string[])[] = [],
): Map<string, number[]> {
  const index = headerIndex.get(table) ?? new Map<string, string>();
  const plain = withoutEnvelope(headers);
  const matched = new Map<string, number[]>();
  plain.forEach((header, at) => {
    const field = fieldOf(index, header);
    if (field !== undefined && saysSo(table, field, header, () => filledValues(sample, at)))
      matched.set(field, [...(matched.get(field) ?? []), at]);
  });
  const ends = new Map<string, number[]>();
  plain.forEach((header, at) => {
    if (fieldOf(index, header) !== undefined) return;
    const field = endsOf(header).flatMap((end) => fieldOf(index, end) ?? [])[0];
    if (field !== undefined && !matched.has(field)) ends.set(field, [...(ends.get(field) ?? []), at]);
  });
  const alone = [...ends].filter(([, columns]) => columns.length === 1);
  return new Map([...matched, ...alone]);
}

function saysSo(table: TableName, name: string, header: string, valuesIn: () => readonly string[]): boolean {
  const key = headerKey(header);
  const { choices } = fieldsOf(table).find((one) => one.name === name) ?? {};
  if (key === name || choices === undefined || !vague.has(key)) return true;
  const values = valuesIn();
  return values.length === 0 || areSomeChoices(values, choices);
}

function fieldOf(index: Index, header: string): string | undefined {
  return index.get(headerKey(header)) ?? index.get(headerKeyWithoutRemark(header));
}

function indexOf(table: TableName): Index {
  const index = new Map<string, string>();
  for (const field of fieldsOf(table)) {
    for (const header of [field.name, ...Object.values(field.synonyms).flat()]) {
      const key = headerKey(header);
      const other = index.get(key);
      if (other !== undefined && other !== field.name)
        throw new Error(`${table}: “${header}” names ${other} and ${field.name}`);
      index.set(key, field.name);
    }
  }
  return index;
}
