import { anyFieldLabel, fieldLabel } from '#lib/exports/field-label.ts';
import { isTableName } from '#lib/exports/tables.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';

type Params = Readonly<Record<string, string | number>>;

/** The parameters of a refusal with lists and fields called as the pages call them, and not as the contract does. */
export function named(locale: Locale, params: Params): Params {
  const table = String(params['table'] ?? '');
  const field = (name: string) =>
    isTableName(table) ? fieldLabel(locale, table, name) : anyFieldLabel(locale, name);
  const list = (name: string) => (isTableName(name) ? word(locale, `data.table.${name}`) : name);
  const namers: Readonly<Record<string, (name: string) => string>> = {
    table: list,
    tables: list,
    field,
    fields: field,
    first: (option) => settingName(locale, option),
    second: (option) => settingName(locale, option),
  };
  const said = (value: string | number, namer: (name: string) => string) =>
    String(value)
      .split(', ')
      .map(namer)
      .join(locale === 'en' ? ', ' : '、');
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const namer = namers[name];
      return [name, namer === undefined ? value : said(value, namer)];
    }),
  );
}

/** A setting of the funnel builder, `order=unordered`, as its form calls it; what is none stays as it is. */
function settingName(locale: Locale, option: string): string {
  const key = option === 'open=true' ? 'builder.open.entry' : `builder.${option.replace('=', '.')}`;
  return hasWord(key) ? word(locale, key) : option;
}
