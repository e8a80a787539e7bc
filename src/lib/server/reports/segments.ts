import { Refusal } from '#lib/errors/refusal.ts';
import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import { isStaffHeader } from '#lib/exports/staff-header.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Asker } from './ask.ts';
import { dividesByStaff, isStaffField, mayDivideByStaff } from './audience.ts';
import type { Reach } from './audience.ts';

type Fields = { segments: readonly string[]; personal: ReadonlySet<string>; staff: ReadonlySet<string> };
type FieldRow = { field: string; is_extra: boolean; is_personal: boolean; is_staff: boolean };

const known = new WeakMap<Warehouse, { version: number; fields: Promise<Fields> }>();

/** Fields of the model segment_fields, once per version of the data: those of segments, which of them are staff, and those that point at people. */
function fieldsIn(warehouse: Warehouse): Promise<Fields> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.fields;
  const fields = warehouse
    .query<FieldRow>(
      `select s.field::varchar as field, s.is_extra::boolean as is_extra, s.is_personal::boolean as is_personal,
         s.is_staff::boolean as is_staff
       from segment_fields s order by s.field`,
    )
    .then((rows) => {
      const personal = rows.filter((row) => row.is_personal || (row.is_extra && isPersonalHeader(row.field)));
      return {
        segments: rows.filter((row) => !personal.includes(row)).map(({ field }) => field),
        personal: new Set(personal.map(({ field }) => field)),
        staff: new Set(
          rows
            .filter((row) => row.is_staff || (row.is_extra && isStaffHeader(row.field)))
            .map(({ field }) => field),
        ),
      };
    });
  known.set(warehouse, { version, fields });
  return fields;
}

/** The fields of journeys of which each value is one of the staff, by header and by values. */
export async function staffFields(warehouse: Warehouse): Promise<ReadonlySet<string>> {
  return (await fieldsIn(warehouse)).staff;
}

/** The fields by which a viewer's figures may be divided and filtered: those that point at no person, by header and by values. */
export async function segmentFields({ warehouse, viewer }: Asker): Promise<readonly string[]> {
  const { segments, staff } = await fieldsIn(warehouse);
  return segments.filter((field) => !staff.has(field) || mayDivideByStaff(viewer));
}

/**
 * Throws Refusal personal_column, not_your_segment or unknown_segment unless figures of this reach may be divided by the
 * field. `own` are further values that the question knows beside the fields. Nobody is told of a field that is not theirs.
 */
export async function mustBeSegment(
  warehouse: Warehouse,
  field: string,
  reach: Reach,
  own: readonly string[] = [],
): Promise<void> {
  const { segments, personal, staff } = await fieldsIn(warehouse);
  const isTheirs = (name: string) => !(staff.has(name) || isStaffField(name)) || dividesByStaff(reach);
  if (!isTheirs(field)) throw new Refusal('not_your_segment', { name: field });
  if (segments.includes(field)) return;
  if (personal.has(field) || isPersonalHeader(field)) throw new Refusal('personal_column', { name: field });
  throw new Refusal('unknown_segment', {
    name: field,
    known: [...segments, ...own].filter(isTheirs).join(', '),
  });
}

/** The field of an entry field=value. Throws Refusal bad_filter when it is not one. */
export function fieldOfFilter(entry: string): string {
  const at = entry.indexOf('=');
  if (at <= 0) throw new Refusal('bad_filter', { value: entry });
  return entry.slice(0, at);
}
