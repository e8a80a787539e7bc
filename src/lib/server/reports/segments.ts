import { Refusal } from '#lib/errors/refusal.ts';
import { headerKey, headerKeyWithoutRemark } from '#lib/exports/header-text.ts';
import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const known = new WeakMap<Warehouse, { version: number; fields: Promise<readonly string[]> }>();

/** Every header under which an export may carry a personal field, also where it is an unknown column of another list. */
const personal = new Set(
  tableNames.flatMap((table) =>
    fieldsOf(table)
      .filter((field) => field.personal)
      .flatMap(({ name, synonyms }) => [name, ...Object.values(synonyms).flat()].map(headerKey)),
  ),
);
const isPersonal = (field: string): boolean =>
  personal.has(headerKey(field)) || personal.has(headerKeyWithoutRemark(field));

/** The fields by which figures may be divided and filtered: those of the model segment_fields that point at no person. */
export function segmentFields(warehouse: Warehouse): Promise<readonly string[]> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.fields;
  const fields = warehouse
    .query<{ field: string }>('select s.field::varchar as field from segment_fields s order by s.field')
    .then((rows) => rows.map((row) => row.field).filter((field) => !isPersonal(field)));
  known.set(warehouse, { version, fields });
  return fields;
}

/**
 * Throws Refusal personal_column or unknown_segment unless figures may be divided by the field. `own` are further
 * values that the refusal names beside the fields.
 */
export async function mustBeSegment(
  warehouse: Warehouse,
  field: string,
  own: readonly string[] = [],
): Promise<void> {
  if (isPersonal(field)) throw new Refusal('personal_column', { name: field });
  const fields = await segmentFields(warehouse);
  if (!fields.includes(field))
    throw new Refusal('unknown_segment', { name: field, known: [...fields, ...own].join(', ') });
}

/** The field of an entry field=value. Throws Refusal bad_filter when it is not one. */
export function fieldOfFilter(entry: string): string {
  const at = entry.indexOf('=');
  if (at <= 0) throw new Refusal('bad_filter', { value: entry });
  return entry.slice(0, at);
}
