import { areAmounts, areChoices, areCodes, areDates, areKnown, arePhones, filledValues } from './looks.ts';
import type { KnownNames } from './seller-or-store.ts';
import { fieldsOf, keyOf } from './tables.ts';
import type { Field, TableName } from './tables.ts';

/** A file as far as it was looked at. */
export type Look = {
  sample: readonly (readonly string[])[];
  /** Columns that nobody took yet. */
  free: readonly number[];
  known: KnownNames;
};

/**
 * Which fields that have no column yet show themselves by the values of columns whose headers say nothing: phones, known
 * stores and sellers, choices; and of the fields that a list cannot do without the day, the amount and the number of a
 * record, where exactly one column can be it.
 */
export function fieldsByValues(
  table: TableName,
  isTaken: (field: string) => boolean,
  { sample, free, known }: Look,
): Map<string, number> {
  const left = new Map(free.map((column) => [column, filledValues(sample, column)] as const));
  const found = new Map<string, number>();
  const open = (fits: (field: Field) => boolean) =>
    fieldsOf(table).filter((field) => fits(field) && !isTaken(field.name) && !found.has(field.name));
  const take = (field: Field, looks: (values: readonly string[]) => boolean, alone: boolean) => {
    const [column, ...others] = [...left].filter(([, values]) => looks(values)).map(([at]) => at);
    if (column === undefined || (alone && others.length > 0)) return;
    found.set(field.name, column);
    left.delete(column);
  };
  for (const field of open(({ name }) => name === 'phone')) take(field, arePhones, false);
  for (const field of open(({ name }) => name === 'store'))
    take(field, (values) => areKnown(values, known.stores), true);
  for (const field of open(({ name }) => name === 'staff_id'))
    take(field, (values) => areKnown(values, known.staff), true);
  for (const field of open(({ type }) => type === 'choice'))
    take(field, (values) => areChoices(values, field.choices ?? {}), true);
  for (const field of open(({ required, type }) => required && (type === 'instant' || type === 'day')))
    take(field, areDates, true);
  const [key, ...otherKeys] = keyOf(table);
  if (otherKeys.length === 0)
    for (const field of open(({ name }) => name === key))
      take(field, (values) => values.length === sample.length && sample.length > 2 && areCodes(values), true);
  for (const field of open(({ required, type }) => required && type === 'money'))
    take(field, (values) => areAmounts(values) && !arePhones(values), true);
  return found;
}
