import { Refusal } from '#lib/errors/refusal.ts';
import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

type Fields = { segments: readonly string[]; personal: ReadonlySet<string> };
type FieldRow = { field: string; is_extra: boolean; is_personal: boolean };

const known = new WeakMap<Warehouse, { version: number; fields: Promise<Fields> }>();

/** Fields of the model segment_fields, once per version of the data: those of segments, and those that point at people. */
function fieldsIn(warehouse: Warehouse): Promise<Fields> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.fields;
  const fields = warehouse
    .query<FieldRow>(
      `select s.field::varchar as field, s.is_extra::boolean as is_extra, s.is_personal::boolean as is_personal
       from segment_fields s order by s.field`,
    )
    .then((rows) => {
      const personal = rows.filter((row) => row.is_personal || (row.is_extra && isPersonalHeader(row.field)));
      return {
        segments: rows.filter((row) => !personal.includes(row)).map(({ field }) => field),
        personal: new Set(personal.map(({ field }) => field)),
      };
    });
  known.set(warehouse, { version, fields });
  return fields;
}

/** The fields by which figures may be divided and filtered: those that point at no person, by header and by values. */
export const segmentFields = async (warehouse: Warehouse): Promise<readonly string[]> =>
  (await fieldsIn(warehouse)).segments;

/**
 * Throws Refusal personal_column or unknown_segment unless figures may be divided by the field. `own` are further
 * values that the refusal names beside the fields.
 */
export async function mustBeSegment(
  warehouse: Warehouse,
  field: string,
  own: readonly string[] = [],
): Promise<void> {
  const { segments, personal } = await fieldsIn(warehouse);
  if (segments.includes(field)) return;
  if (personal.has(field) || isPersonalHeader(field)) throw new Refusal('personal_column', { name: field });
  throw new Refusal('unknown_segment', { name: field, known: [...segments, ...own].join(', ') });
}

/** The field of an entry field=value. Throws Refusal bad_filter when it is not one. */
export function fieldOfFilter(entry: string): string {
  const at = entry.indexOf('=');
  if (at <= 0) throw new Refusal('bad_filter', { value: entry });
  return entry.slice(0, at);
}
