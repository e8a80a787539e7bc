import { Refusal } from '#lib/errors/refusal.ts';
import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import { isStaffHeader } from '#lib/exports/staff-header.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Asker } from './ask.ts';
import { dividesByStaff, isStaffField, mayDivideByStaff } from './audience.ts';
import type { Reach } from './audience.ts';
import { staffFields } from './segments.ts';

/** What every event says in columns of its own. */
const OWN: readonly string[] = [
  'store',
  'staff',
  'channel',
  'campaign',
  'kind',
  'type',
  'outcome',
  'item',
  'amount',
];

type Row = { field: string; is_personal: boolean; is_staff: boolean };

const known = new WeakMap<Warehouse, { version: number; rows: Promise<readonly Row[]> }>();

/** Attributes of events by the model event_fields, once per version of the data. */
function attributesIn(warehouse: Warehouse): Promise<readonly Row[]> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.rows;
  const rows = warehouse.query<Row>(
    `select f.field::varchar as field, f.is_personal::boolean as is_personal, f.is_staff::boolean as is_staff
     from event_fields f order by f.field`,
  );
  known.set(warehouse, { version, rows });
  rows.catch(() => known.delete(warehouse));
  return rows;
}

/**
 * Whether events say something under this name, in a column or as an attribute that points at no person; nor at one of the
 * staff, as whose journeys' field it may be known too, where a reach does not divide by them.
 */
export async function isEventField(warehouse: Warehouse, field: string, reach: Reach): Promise<boolean> {
  if (dividesByStaff(reach) && OWN.includes(field)) return true;
  return (await eventFieldsOf(warehouse, dividesByStaff(reach))).includes(field);
}

/** Throws Refusal personal_column, not_your_segment or unknown_event_field unless this reach may tell events apart by the field. */
export async function mustBeEventField(warehouse: Warehouse, field: string, reach: Reach): Promise<void> {
  if (await isEventField(warehouse, field, reach)) return;
  if ((await eventFieldsOf(warehouse, true)).includes(field))
    throw new Refusal('not_your_segment', { name: field });
  if (isPersonalHeader(field) || (await attributesIn(warehouse)).some((row) => row.field === field))
    throw new Refusal('personal_column', { name: field });
  throw new Refusal('unknown_event_field', {
    name: field,
    known: (await eventFieldsOf(warehouse, dividesByStaff(reach))).join(', '),
  });
}

/** Every name under which events say something to a viewer: their columns, then their attributes. */
export function eventFields({ warehouse, viewer }: Asker): Promise<string[]> {
  return eventFieldsOf(warehouse, mayDivideByStaff(viewer));
}

async function eventFieldsOf(warehouse: Warehouse, byStaff: boolean): Promise<string[]> {
  const attributes = await attributesIn(warehouse);
  const open = attributes.filter(({ is_personal, field }) => !is_personal && !isPersonalHeader(field));
  const all = [...OWN, ...open.map(({ field }) => field)];
  if (byStaff) return all;
  const staff = new Set([
    ...(await staffFields(warehouse)),
    ...open.filter(({ is_staff, field }) => is_staff || isStaffHeader(field)).map(({ field }) => field),
  ]);
  return all.filter((field) => !staff.has(field) && !isStaffField(field));
}
