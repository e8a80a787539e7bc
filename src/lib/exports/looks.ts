import type { Choices } from './field.ts';

/** Mobile numbers of the mainland, Taiwan and Hong Kong, with or without their country, and any number with a plus. */
const PHONE = /^(?:(?:\+?86)?1[3-9]\d{9}|(?:\+?886|0)9\d{8}|\+?852[4-9]\d{7}|\+\d{8,15})$/;
const DATE =
  /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})|\d{4}年\d{1,2}月\d{1,2}日)(?:[T\s上下].*)?$/u;
const MONEY =
  /^[-+(]?\s*(?:(?:[￥¥$€£]|NT\$|HK\$|CNY|RMB)\s*)?-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?(?:\s*(?:[十百千]?[万萬]|[百千亿億]))?(?:\s*元)?\s*\)?$/u;
const CODE = /^(?=.*\d)[\p{L}\d][\p{L}\d\-_/.#]{0,39}$/u;

/** Values of a column that say something, as they are compared: compatibility forms unified, without outer blanks. */
export function filledValues(sample: readonly (readonly string[])[], column: number): string[] {
  return sample.map((row) => (row[column] ?? '').normalize('NFKC').trim()).filter((value) => value !== '');
}

/** Whether values are phone numbers, however they are divided. */
export const arePhones = (values: readonly string[]): boolean =>
  mostly(values, (value) => PHONE.test(value.replace(/[\s\-().]/g, '')));

/** Whether values are days or instants. */
export const areDates = (values: readonly string[]): boolean => mostly(values, (value) => DATE.test(value));

/** Whether values are amounts: numbers, not all of them years. */
export const areAmounts = (values: readonly string[]): boolean =>
  mostly(values, (value) => MONEY.test(value)) && !values.every((value) => /^(?:19|20)\d\d$/.test(value));

/** Whether values are numbers of records: something with a digit in each of them, and never the same twice. */
export const areCodes = (values: readonly string[]): boolean =>
  new Set(values).size === values.length && values.every((value) => CODE.test(value)) && !areDates(values);

/** Whether values are names that are known. */
export const areKnown = (values: readonly string[], known: ReadonlySet<string>): boolean =>
  mostly(values, (value) => known.has(value));

/** Whether values are spellings of at least two of the choices, and nothing else. */
export function areChoices(values: readonly string[], choices: Choices): boolean {
  const found = meaningsOf(values, choices);
  return found.every((choice) => choice !== undefined) && new Set(found).size > 1;
}

/** Whether at least one of the values is the spelling of a choice. */
export const areSomeChoices = (values: readonly string[], choices: Choices): boolean =>
  meaningsOf(values, choices).some((choice) => choice !== undefined);

function meaningsOf(values: readonly string[], choices: Choices): (string | undefined)[] {
  const spelled = new Map(
    Object.entries(choices).flatMap(([choice, spellings]) =>
      [choice, ...spellings].map((spelling) => [folded(spelling), choice] as const),
    ),
  );
  return values.map((value) => spelled.get(folded(value)));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('_', ' ');

/** Fewer values than this prove nothing; of more, this share must agree. */
const ENOUGH = 3;
const AGREEMENT = 0.9;

function mostly(values: readonly string[], is: (value: string) => boolean): boolean {
  return values.length >= ENOUGH && values.filter(is).length >= values.length * AGREEMENT;
}
