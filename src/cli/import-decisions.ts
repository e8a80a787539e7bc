import { readFile } from 'node:fs/promises';
import { Refusal } from '#lib/errors/refusal.ts';
import { readMapping } from '#lib/exports/mapping.ts';
import type { ListMapping, Mapping } from '#lib/exports/mapping.ts';
import type { Style } from '#lib/exports/plan.ts';
import { delimiters, encodings } from '#lib/exports/reading.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { keyOf, tableNames } from '#lib/exports/tables.ts';
import { single, splitOnce } from './arguments.ts';
import type { Arguments } from './arguments.ts';

/** Options of `import` that decide how a file is read. */
const readingOptions = ['member', 'sheet', 'encoding', 'delimiter', 'header'] as const;
/** Options that decide what its columns mean. */
const meaningOptions = [
  'table',
  'map',
  'constant',
  'value',
  'dates',
  'decimal',
  'sum',
  'key',
  'only',
] as const;

/** Every option of `import` that decides something. */
export const decidingOptions: readonly string[] = ['mapping', ...readingOptions, ...meaningOptions];

/**
 * What the options say about the files, undefined where they say nothing.
 * Throws Refusal usage, bad_map, bad_choice, bad_mapping_file, file_not_found.
 */
export async function decidedBy(given: Arguments): Promise<Mapping | undefined> {
  const named = [...given.options.keys()].filter((name) => decidingOptions.includes(name));
  if (named.length === 0) return undefined;
  const file = single(given, 'mapping');
  if (file === undefined) return mappingBy(given);
  if (named.length > 1)
    throw new Refusal('usage', { detail: `--mapping … --${named.find((name) => name !== 'mapping')} …` });
  return mappingIn(file);
}

/** The mapping in a file. Throws Refusal file_not_found, bad_mapping_file. */
export async function mappingIn(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal('file_not_found', { file }, error);
  });
  const mapping = readMapping(text);
  if (mapping === undefined) throw new Refusal('bad_mapping_file', { file });
  return mapping;
}

function mappingBy(given: Arguments): Mapping {
  const reading = readingBy(given);
  const list = listBy(given);
  return { ...(Object.keys(reading).length === 0 ? {} : { reading }), lists: [list] };
}

function listBy(given: Arguments): ListMapping {
  const sum = all(given, 'sum').flatMap((text) => text.split(',').map((field) => field.trim()));
  const table = single(given, 'table') ?? tableByKey(given);
  const constants = Object.fromEntries(all(given, 'constant').map((text) => pair(text)));
  const values = meanings(all(given, 'value'));
  const styles = stylesBy(given);
  const only = all(given, 'only');
  return {
    ...(table === undefined ? {} : { table }),
    columns: Object.fromEntries(all(given, 'map').flatMap((text) => text.split(/,(?=[^,=]+=)/).map(pair))),
    others: 'by_header',
    ...(Object.keys(constants).length === 0 ? {} : { constants }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...(Object.keys(styles).length === 0 ? {} : { styles }),
    ...(sum.length === 0 ? {} : { sum }),
    ...(only.length === 0 ? {} : { only }),
  };
}

const all = ({ options }: Arguments, name: string): string[] => options.get(name) ?? [];

/** `field=text`, without blanks around either. */
function pair(text: string): [string, string] {
  const [field, value] = splitOnce(text, '=');
  if (value === undefined || field.trim() === '' || value.trim() === '')
    throw new Refusal('bad_map', { text });
  return [field.trim(), value.trim()];
}

/** `outcome:是=booked`; an empty meaning is none. */
function meanings(texts: readonly string[]): Record<string, Record<string, string>> {
  const values: Record<string, Record<string, string>> = {};
  for (const text of texts) {
    const [field, rest = ''] = splitOnce(text, ':');
    const [value, meaning] = splitOnce(rest, '=');
    if (meaning === undefined || field.trim() === '' || value.trim() === '')
      throw new Refusal('bad_map', { text });
    values[field.trim()] = { ...values[field.trim()], [value.trim()]: meaning.trim() };
  }
  return values;
}

/** The list whose records the key tells apart; the key of lines is the key of what they add up to. */
function tableByKey(given: Arguments): string | undefined {
  const key = single(given, 'key');
  if (key === undefined) return undefined;
  if (!given.options.has('sum')) throw new Refusal('usage', { detail: '--key … --sum FIELD' });
  const [found, ...others] = tableNames.filter((table) => keyOf(table).join(',') === key.replaceAll(' ', ''));
  if (found === undefined) {
    const choices = [...new Set(tableNames.map((table) => keyOf(table).join(',')))].join('; ');
    throw new Refusal('bad_choice', { name: 'key', value: key, choices });
  }
  return others.length > 0 ? undefined : found;
}

const ORDERS = ['ymd', 'dmy', 'mdy'] as const;
const MARKS = ['.', ','] as const;

function stylesBy(given: Arguments): Record<string, Style> {
  const styles: Record<string, Style> = {};
  const add = (name: 'dates' | 'decimal', styleOf: (value: string) => Style) => {
    for (const text of all(given, name)) {
      const [first, second] = splitOnce(text, '=');
      const field = second === undefined ? '*' : first.trim();
      styles[field] = { ...styles[field], ...styleOf((second ?? first).trim()) };
    }
  };
  add('dates', (value) => ({ order: oneOf('dates', ORDERS, value) }));
  add('decimal', (value) => ({ decimal: oneOf('decimal', MARKS, value) }));
  return styles;
}

function readingBy(given: Arguments): ReadingChoice {
  const member = single(given, 'member');
  const sheet = single(given, 'sheet');
  const encoding = single(given, 'encoding');
  const delimiter = single(given, 'delimiter');
  const header = single(given, 'header');
  return {
    ...(member === undefined ? {} : { member }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding: oneOf('encoding', encodings, encoding.toLowerCase()) }),
    ...(delimiter === undefined
      ? {}
      : { delimiter: oneOf('delimiter', delimiters, delimiter === 'tab' ? '\t' : delimiter) }),
    ...(header === undefined ? {} : { header: headerAt(header) }),
  };
}

/** `4`: the fourth record; `4-5`: the fourth and the fifth; `none`: there is none. */
function headerAt(text: string): { first: number; rows: number } {
  if (text === 'none') return { first: 0, rows: 0 };
  const [, from, to = from] = /^([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?$/.exec(text) ?? [];
  const rows = Number(to) - Number(from) + 1;
  if (from === undefined || rows < 1 || rows > 10)
    throw new Refusal('bad_choice', { name: 'header', value: text, choices: '4, 4-5, none' });
  return { first: Number(from) - 1, rows };
}

function oneOf<T extends string>(name: string, choices: readonly T[], value: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new Refusal('bad_choice', {
      name,
      value,
      choices: choices.map((choice) => (choice === '\t' ? 'tab' : choice)).join('  '),
    });
  return found;
}
