import { tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** What a kind of list is called. */
export function tableName(locale: Locale, table: string): string {
  return word(locale, `data.table.${table}`);
}

/** Every kind of list with its name. */
export function tableChoices(locale: Locale): { name: TableName; label: string }[] {
  return tableNames.map((name) => ({ name, label: tableName(locale, name) }));
}
