import { fieldsOf } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Option } from './reading-view.server.ts';

/** The values of a field of choices, none of another one. */
export function choiceOptions(locale: Locale, table: TableName, name: string): Option[] {
  const field = fieldsOf(table).find((one) => one.name === name);
  return Object.keys(field?.choices ?? {}).map((value) => ({
    value,
    label: word(locale, `choice.${value}`),
  }));
}
