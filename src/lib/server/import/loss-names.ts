import { fieldLabel } from '#lib/exports/field-label.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** What is lost is called as its field is, else as its column. */
export const lossName = (locale: Locale, table: TableName, field: string): string =>
  visible(fieldLabel(locale, table, field));

/** The value that a field has where nobody fills it; null where it is empty then. */
export function defaultLabel(locale: Locale, table: TableName, name: string): string | null {
  const value = fieldsOf(table).find((field) => field.name === name)?.default;
  return value === undefined ? null : word(locale, `choice.${value}`);
}
