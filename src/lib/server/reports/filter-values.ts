import { Refusal } from '#lib/errors/refusal.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Reach } from './audience.ts';
import { readReport } from './read.ts';
import { fieldOfFilter } from './segments.ts';

/** Values that a field can always be asked for, whether or not anybody has them. */
const always: Readonly<Record<string, readonly string[]>> = {
  kind: ['lead', 'unannounced'],
  returning: ['yes', 'no'],
};

/** A refusal names no more values than these: those of most journeys. */
const NAMED = 12;
const LAST_DAY = '9999-12-31';

const kept = new WeakMap<Warehouse, { version: number; values: Map<string, Promise<readonly string[]>> }>();

/**
 * Throws Refusal unknown_value when an entry field=value names a value that nothing of what this reach sees has, in whatever period;
 * zeros would look like an answer. An empty value means missing and can always be asked.
 */
export async function mustBeValue(warehouse: Warehouse, entry: string, reach: Reach): Promise<void> {
  const name = fieldOfFilter(entry);
  const value = entry.slice(name.length + 1);
  if (value === '' || always[name]?.includes(value)) return;
  const values = await valuesOf(warehouse, name, reach);
  if (values.includes(value)) return;
  const named = always[name] ?? values.slice(0, NAMED);
  const more = named.length < values.length ? ', …' : '';
  throw new Refusal('unknown_value', { name, value, known: (named.join(', ') || '–') + more });
}

/** The values of a field, by the report segment_values; once per version of the data. */
function valuesOf(warehouse: Warehouse, field: string, reach: Reach): Promise<readonly string[]> {
  const version = warehouse.dataVersion();
  const entry = kept.get(warehouse);
  const fields = entry?.version === version ? entry.values : new Map<string, Promise<readonly string[]>>();
  if (fields !== entry?.values) kept.set(warehouse, { version, values: fields });
  const key = JSON.stringify([field, reach]);
  const known = fields.get(key);
  if (known) return known;
  const asked = { as_of: LAST_DAY, by: field, where: [] };
  const values = readReport<{ value: string | null }>(warehouse, 'segment_values', reach, asked).then(
    (rows) => rows.map(({ value }) => value).filter((value) => value !== null),
  );
  fields.set(key, values);
  values.catch(() => fields.delete(key));
  return values;
}
