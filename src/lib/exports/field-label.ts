import type { Locale } from '#lib/words/locale.ts';
import { fieldsOf, tableNames } from './tables.ts';
import type { TableName } from './tables.ts';

/** What a field is called: its first header in the reader's language. */
export function fieldLabel(locale: Locale, table: TableName, name: string): string {
  const field = fieldsOf(table).find((one) => one.name === name);
  return field?.synonyms[locale][0] ?? name;
}

/** The same where nobody says of which table: as the first one that has it calls it. */
export function anyFieldLabel(locale: Locale, name: string): string {
  const table = tableNames.find((one) => fieldsOf(one).some((field) => field.name === name));
  return table === undefined ? name : fieldLabel(locale, table, name);
}
