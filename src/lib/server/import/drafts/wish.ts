import type { ListPlan, Rule, Style } from '#lib/exports/plan.ts';
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
  /** Field → the column that it is taken from, null for none: also where that column is taken for another field. */
  from: Record<string, number | null>;
  /** Field of money → the column that it is multiplied by, null for none. */
  times: Record<string, number | null>;
  /** Fields that are added up over the lines of one key; undefined where the form does not say. */
  sum: string[] | undefined;
  /** Which records count; undefined where the form does not say. */
  only: Rule[] | undefined;
  /** Field → what stands there in every record; empty for nothing. */
  constants: Record<string, string>;
  styles: Record<string, Style>;
  /** Field → text → what it means: a value, none at all (null), or nothing that was decided (undefined). */
  meanings: Record<string, Record<string, string | null | undefined>>;
  /** Field → how many standing records may lose it; undefined where the form does not say. */
  agreed: Record<string, number> | undefined;
};

/** What a form wants of a list that says no more than which it is. Filled in by whoever reads the form. */
export function bareWish(table: TableName | null): ListWish {
  return {
    table,
    taken: [],
    from: {},
    times: {},
    sum: undefined,
    only: undefined,
    constants: {},
    styles: {},
    meanings: {},
    agreed: undefined,
  };
}

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

function changedList(list: ListPlan, wish: ListWish): ListPlan {
  const { constants, styles, meanings } = wish;
  const { columns, touched } = changedColumns(list, wish);
  const kept = <T>(part: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(
      Object.entries(part ?? {}).filter(([field]) => !touched.has(field) && columns[field] !== undefined),
    );
  const sum = (wish.sum ?? list.sum ?? []).filter((field) => columns[field] !== undefined);
  const only = wish.only ?? list.only ?? [];
  return {
    table: list.table,
    columns,
    ...part('factors', changedFactors(list, wish, columns, touched)),
    ...part('constants', filled({ ...list.constants, ...constants })),
    ...part('values', merged(kept(list.values), kept(meanings))),
    ...part('styles', { ...kept(list.styles), ...kept(styles) }),
    ...(sum.length === 0 ? {} : { sum }),
    ...(only.length === 0 ? {} : { only }),
  };
}

/** The columns of the fields as somebody wants them, and the fields that have another one than before. */
function changedColumns(list: ListPlan, { taken, from }: ListWish) {
  const columns = { ...list.columns };
  const touched = new Set<string>();
  const put = (field: string, column: number | null) => {
    if (column === null) delete columns[field];
    else columns[field] = column;
    touched.add(field);
  };
  taken.forEach((field, at) => {
    const shown = fieldOfColumn(list, at) ?? '';
    if (field === shown || field === UNDECIDED) return;
    if (shown !== '' && columns[shown] === at) put(shown, null);
    if (field !== '') put(field, at);
  });
  for (const [field, column] of Object.entries(from))
    if (column !== (list.columns[field] ?? null)) put(field, column);
  return { columns, touched };
}

/** A factor is what the form says; where it says nothing, it goes with the column that it multiplied. */
function changedFactors(
  { factors = {} }: ListPlan,
  { times }: ListWish,
  columns: ListPlan['columns'],
  touched: ReadonlySet<string>,
): Record<string, number> {
  const before = Object.entries(factors).filter(([field]) => !touched.has(field));
  const all = [...new Map<string, number | null>([...before, ...Object.entries(times)])];
  return Object.fromEntries(
    all.flatMap(([field, at]) => (at === null || columns[field] === undefined ? [] : [[field, at]])),
  );
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
