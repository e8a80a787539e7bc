import { fieldsOf } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { pointersOf } from './pointers.ts';

/** What stands before the pseudonym of somebody who was erased. */
export const MARK = '∅';

/** Fields that may hold anything about anybody, beside the contract's personal ones. */
const PERSONAL_TEXTS: readonly string[] = ['attributes'];

/** Fields in which somebody writes what a customer said. */
const FREE_TEXTS: readonly string[] = ['reason', 'lost_reason', 'result', 'topic'];

/**
 * What a pseudonym that takes the place of a contact in an unknown column ends with: a column of contacts must go on looking
 * like one, or figures could be divided by it.
 */
const CONTACT_END = '@erased.invalid';

const digest = (value: string): string => `sha256($alias::varchar || ${value})`;

/**
 * The pseudonym of a text: the same for the same text, so that what was equal stays equal and what was counted stays
 * counted, and without the key nobody can say of which. A pseudonym stays as it is.
 */
export function pseudonym(value: string): string {
  const letters = `translate(substring(${digest(value)}, 1, 12), '0123456789', 'ghijklmnop')`;
  return `case when ${value} is null or starts_with(${value}, '${MARK}') then ${value}
    else '${MARK}' || ${letters} end`;
}

/** The same for a day: one of the years 1000 to 1499, in which no customer was born. */
function otherDay(value: string): string {
  const days = `(('0x' || substring(${digest(`${value}::varchar`)}, 1, 8))::ubigint % 182000)::integer`;
  return `case when ${value} < date '1500-01-01' then ${value} else date '1000-01-01' + ${days} end`;
}

/** Whether a text holds a contact or one of the names, numbers and the like in $names. */
export const tells = (value: string): string =>
  `(holds_contact(${value}) or len(list_filter($names::varchar[], lambda n: contains(${value}, n))) > 0)`;

/** Whether a text tells, or was erased before: its pseudonym is one of $taken. What a name was is then known no more. */
const toldOnce = (value: string): string =>
  `(${tells(value)} or list_contains($taken::varchar[], ${pseudonym(value)}))`;

/** What a customer said, unless somebody wrote a name or a contact into it. */
const freed = (value: string): string =>
  `case when ${toldOnce(value)} then ${pseudonym(value)} else ${value} end`;

/** The unknown columns: those in $kept, which figures are divided by, stay where they tell nothing. */
function extraWithout(value: string): string {
  const text = `json_extract_string(${value}, '/' || replace(replace(x, '~', '~0'), '/', '~1'))`;
  const told = `case
    when list_contains($kept::varchar[], x) and not ${toldOnce(text)} then ${text}
    when holds_contact(${text}) and not ends_with(${text}, '${CONTACT_END}') then ${pseudonym(text)} || '${CONTACT_END}'
    else ${pseudonym(text)} end`;
  const pair = `to_json(x)::varchar || ':' || coalesce(to_json(${told})::varchar, 'null')`;
  return `case when ${value} is null then null
    else '{' || array_to_string(list_transform(json_keys(${value}), lambda x: ${pair}), ',') || '}' end`;
}

/** A column of a list as it stands once somebody is erased; `isPartners`: also where only their partner's is. */
export type ErasedColumn = { name: string; value: string; isPartners: boolean };

/** The columns of a list that an erasure changes. Reads $alias, $names, $kept and $taken; `row` is the alias of the row. */
export function erasedColumns(table: TableName, row: string): ErasedColumn[] {
  const named = fieldsOf(table).flatMap((field) => {
    const value = erasedValue(field, `${row}.${field.name}`);
    return value === null ? [] : [{ name: field.name, value, isPartners: field.name.startsWith('partner_') }];
  });
  return [...named, { name: 'extra', value: extraWithout(`${row}.extra`), isPartners: false }];
}

function erasedValue({ name, type, personal }: Field, value: string): string | null {
  if (type === 'day') return personal ? otherDay(value) : null;
  if (personal || PERSONAL_TEXTS.includes(name)) return pseudonym(value);
  return FREE_TEXTS.includes(name) ? freed(value) : null;
}

/** The fields of a list that may hold anything that a customer said. */
export const freeTexts = (table: TableName): string[] =>
  fieldsOf(table)
    .map(({ name }) => name)
    .filter((name) => FREE_TEXTS.includes(name));

/** The columns of a list that call its customer by name or contact. */
export function namingColumns(table: TableName): string[] {
  if (pointersOf(table).length === 0) return [];
  return fieldsOf(table)
    .filter(({ personal, type }) => personal && type !== 'day')
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('partner_') && name !== 'address');
}
