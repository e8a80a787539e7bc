import { Refusal } from '#lib/errors/refusal.ts';
import { isPersonalHeader } from '#lib/exports/personal-header.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

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

type Row = { field: string; is_personal: boolean };

const known = new WeakMap<Warehouse, { version: number; rows: Promise<readonly Row[]> }>();

/** Attributes of events by the model event_fields, once per version of the data. */
function attributesIn(warehouse: Warehouse): Promise<readonly Row[]> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.rows;
  const rows = warehouse.query<Row>(
    'select f.field::varchar as field, f.is_personal::boolean as is_personal from event_fields f order by f.field',
  );
  known.set(warehouse, { version, rows });
  rows.catch(() => known.delete(warehouse));
  return rows;
}

/** Whether events say something under this name, in a column or as an attribute that points at no person. */
export async function isEventField(warehouse: Warehouse, field: string): Promise<boolean> {
  if (OWN.includes(field)) return true;
  if (isPersonalHeader(field)) return false;
  return (await attributesIn(warehouse)).some((row) => row.field === field && !row.is_personal);
}

/** Throws Refusal personal_column or unknown_event_field unless events may be told apart by the field. */
export async function mustBeEventField(warehouse: Warehouse, field: string): Promise<void> {
  if (await isEventField(warehouse, field)) return;
  if (isPersonalHeader(field) || (await attributesIn(warehouse)).some((row) => row.field === field))
    throw new Refusal('personal_column', { name: field });
  throw new Refusal('unknown_event_field', {
    name: field,
    known: (await eventFields(warehouse)).join(', '),
  });
}

/** Every name under which events say something that points at no person: their columns, then their attributes. */
export async function eventFields(warehouse: Warehouse): Promise<string[]> {
  const attributes = await attributesIn(warehouse);
  const named = attributes.filter(({ is_personal, field }) => !is_personal && !isPersonalHeader(field));
  return [...OWN, ...named.map(({ field }) => field)];
}
