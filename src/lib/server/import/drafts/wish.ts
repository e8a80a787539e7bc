import type { ListPlan, Style } from '#lib/exports/plan.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { Seen as Head } from '#lib/exports/recognise-by-sample.ts';
import { isTableName } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Decision } from './draft.ts';
import { proposedList } from './proposal.ts';

/** In the place of a field: nobody has said yet whether a column is the seller or the store. */
export const UNDECIDED = '?';

/** What a person wants to be done with a file, as its form says. */
export type Wish = {
  reading: ReadingChoice;
  lists: ListWish[];
  /** Another list that the file feeds too. */
  more: TableName | null;
};

/** Of one of the lists as they stood in the form. */
export type ListWish = {
  /** Null: the file does not feed it. */
  table: TableName | null;
  /** For each column the field that it is taken for, empty for none, or UNDECIDED. */
  taken: string[];
  /** Field → what stands there in every record; empty for nothing. */
  constants: Record<string, string>;
  styles: Record<string, Style>;
  /** Field → text → what it means: a value, none at all (null), or nothing that was decided (undefined). */
  meanings: Record<string, Record<string, string | null | undefined>>;
};

/** The decision about a file as a person wants it to be. */
export function wished(
  before: Decision,
  { lists, more }: Pick<Wish, 'lists' | 'more'>,
  head: Head,
): Decision {
  let asked = before.asked;
  const propose = (table: TableName) => {
    const proposed = proposedList(head, table);
    asked = [...new Set([...asked, ...proposed.asked])];
    return proposed.list;
  };
  if (before.lists.length === 0) {
    const [first] = lists;
    const table = first?.table ?? more;
    return { ...before, lists: table ? [propose(table)] : [], asked };
  }
  const next = before.lists.flatMap((list, at) => {
    const wish = lists[at];
    if (wish === undefined) return [list];
    if (wish.table === null) return [];
    if (wish.table !== list.table) {
      asked = [];
      return [propose(wish.table)];
    }
    asked = asked.filter((column) => wish.taken[column] === undefined || wish.taken[column] === UNDECIDED);
    return [changedList(list, wish)];
  });
  return { ...before, lists: more ? [...next, propose(more)] : next, asked };
}

/** The field that a column is shown as being taken for: the first one. */
export function fieldOfColumn({ columns }: ListPlan, column: number): string | undefined {
  return Object.entries(columns).find(([, at]) => at === column)?.[0];
}

function changedList(list: ListPlan, { taken, constants, styles, meanings }: ListWish): ListPlan {
  const columns = { ...list.columns };
  const touched = new Set<string>();
  taken.forEach((field, at) => {
    const shown = fieldOfColumn(list, at) ?? '';
    if (field === shown || field === UNDECIDED) return;
    if (shown !== '' && columns[shown] === at) delete columns[shown];
    if (field !== '') columns[field] = at;
    touched.add(shown).add(field);
  });
  const kept = <T>(part: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(
      Object.entries(part ?? {}).filter(([field]) => !touched.has(field) && columns[field] !== undefined),
    );
  const sum = list.sum?.filter((field) => columns[field] !== undefined) ?? [];
  return {
    table: list.table,
    columns,
    ...part('factors', kept(list.factors)),
    ...part('constants', filled({ ...list.constants, ...constants })),
    ...part('values', merged(kept(list.values), kept(meanings))),
    ...part('styles', { ...kept(list.styles), ...kept(styles) }),
    ...(sum.length === 0 ? {} : { sum }),
    ...(list.only === undefined ? {} : { only: list.only }),
  };
}

const part = <K extends string, T extends object>(name: K, value: T): { [name in K]?: T } =>
  Object.keys(value).length === 0 ? {} : ({ [name]: value } as { [name in K]: T });

const filled = (constants: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(constants).flatMap(([field, text]) => (text.trim() === '' ? [] : [[field, text.trim()]])),
  );

function merged(
  before: Readonly<Record<string, Record<string, string>>>,
  wishes: ListWish['meanings'],
): Record<string, Record<string, string>> {
  const fields = new Set([...Object.keys(before), ...Object.keys(wishes)]);
  return Object.fromEntries(
    [...fields].flatMap((field) => {
      const all = new Map<string, string | null | undefined>([
        ...Object.entries(before[field] ?? {}),
        ...Object.entries(wishes[field] ?? {}),
      ]);
      const said = [...all].flatMap(([text, meant]) => (meant === undefined ? [] : [[text, meant ?? '']]));
      return said.length === 0 ? [] : [[field, Object.fromEntries(said) as Record<string, string>]];
    }),
  );
}

/** A table that a form names, null where it names none. */
export const tableIn = (text: string): TableName | null => (isTableName(text) ? text : null);
