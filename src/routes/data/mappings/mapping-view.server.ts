import { Refusal } from '#lib/errors/refusal.ts';
import { fieldLabel } from '#lib/exports/field-label.ts';
import type { ListMapping } from '#lib/exports/mapping.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { readRule } from '#lib/exports/rule.ts';
import { isTableName } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import type { KeptMapping } from '#lib/server/mappings/mappings.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { moment } from '../moment.ts';
import { relationWord } from '../relation-words.server.ts';
import { tableName } from '../table-names.server.ts';

/** Something that was decided, as a line of two parts: what, and how. */
export type Line = { what: string; how: string };

/** What was decided for the files of one kind. */
export type MappingView = {
  source: string;
  /** As people read it. */
  name: string;
  when: string;
  lists: { list: string; columns: Line[]; others: Line[] }[];
  reading: Line[];
};

/** A kept mapping in the reader's language. */
export function mappingView(
  locale: Locale,
  zone: string,
  { source, mapping, decidedAt }: KeptMapping,
): MappingView {
  const { lists, reading = {}, headers = [] } = mapping;
  return {
    source,
    name: visible(source),
    when: moment(locale, zone, decidedAt.slice(0, 19)),
    lists: lists.map((list) => ({
      list: list.table === undefined ? word(locale, 'mappings.by_headers') : tableName(locale, list.table),
      ...listLines(locale, list, headers),
    })),
    reading: readingLines(locale, reading),
  };
}

function listLines(locale: Locale, list: ListMapping, headers: readonly string[]) {
  const { table, columns, constants = {}, values = {}, styles = {}, sum = [], only = [] } = list;
  const label = (name: string) =>
    table !== undefined && isTableName(table) ? fieldLabel(locale, table as TableName, name) : name;
  const meaning = (text: string) => {
    if (text === '') return word(locale, 'draft.meaning.none');
    return hasWord(`choice.${text}`) ? word(locale, `choice.${text}`) : text;
  };
  const styled = Object.entries(styles).flatMap(([field, { order, decimal }]) => [
    ...(order ? [{ field, how: word(locale, `mappings.order.${order}`) }] : []),
    ...(decimal
      ? [{ field, how: word(locale, `mappings.decimal.${decimal === '.' ? 'point' : 'comma'}`) }]
      : []),
  ]);
  return {
    columns: Object.entries(columns).map(([field, header]) => ({
      what: label(field),
      how: visible(header.replace('*', ' × ')),
    })),
    others: [
      ...Object.entries(constants).map(([field, text]) => ({
        what: label(field),
        how: word(locale, 'mappings.constant', { value: visible(meaning(text)) }),
      })),
      ...Object.entries(values).flatMap(([field, meant]) =>
        Object.entries(meant).map(([text, what]) => ({
          what: label(field),
          how: word(locale, 'mappings.meaning', { text: visible(text), meaning: visible(meaning(what)) }),
        })),
      ),
      ...styled.map(({ field, how }) => ({
        what: field === '*' ? word(locale, 'mappings.all') : label(field),
        how,
      })),
      ...sum.map((field) => ({ what: label(field), how: word(locale, 'mappings.summed') })),
      ...only.map((rule) => ({
        what: word(locale, 'mappings.only'),
        how: visible(ruleWords(locale, headers, rule)),
      })),
    ],
  };
}

/** A condition in words; as it is written where it speaks of a column that is not known. */
function ruleWords(locale: Locale, headers: readonly string[], text: string): string {
  try {
    const { column, is, value = '' } = readRule('', headers, text);
    return `${headers[column] ?? ''} ${relationWord(locale, is)} ${value}`.trim();
  } catch (error) {
    if (error instanceof Refusal) return text;
    throw error;
  }
}

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function readingLines(
  locale: Locale,
  { member, sheet, encoding, delimiter, header, footer }: ReadingChoice,
): Line[] {
  const line = (name: string, how: string | undefined): Line[] =>
    how === undefined ? [] : [{ what: word(locale, `draft.read.${name}`), how: visible(how) }];
  return [
    ...line('member', member),
    ...line('sheet', sheet),
    ...line('encoding', encoding && word(locale, `draft.encoding.${encoding}`)),
    ...line('delimiter', delimiter && word(locale, `draft.delimiter.${DELIMITERS[delimiter]}`)),
    ...line('header', header && headerWords(locale, header)),
    ...line('footer', footer === undefined ? undefined : footerWords(locale, footer)),
  ];
}

const headerWords = (locale: Locale, { first, rows }: { first: number; rows: number }): string =>
  rows === 0
    ? word(locale, 'draft.header.none')
    : word(locale, 'draft.header.place', { row: rows === 1 ? first + 1 : `${first + 1}–${first + rows}` });

const footerWords = (locale: Locale, lines: number): string =>
  lines === 0 ? word(locale, 'draft.footer.kept') : word(locale, 'draft.footer.out', { count: lines });
